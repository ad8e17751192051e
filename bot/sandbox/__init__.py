"""The sandbox plays Telegram for one bot: strict Bot API, control side, page; it imports none of ours."""
