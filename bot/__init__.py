"""The composition root: wires the domain to Telegram, to the clock and to the database, and runs them."""
