"""Alembic's steps from one form of the database to the next; run by `storage.database`, never by hand."""
