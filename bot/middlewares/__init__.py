"""What happens around every update: who acts, in which office, with which means."""
