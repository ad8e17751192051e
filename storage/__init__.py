"""The door to the database: rows, transactions and migrations; it knows the domain's nouns and no rule."""
