"""One file per noun: the rows of one office, read and written inside a transaction that somebody else opened."""
