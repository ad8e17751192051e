"""The way in: updates are let in or dropped, stripped to a white list, stored, and only then worked, lane by lane."""
