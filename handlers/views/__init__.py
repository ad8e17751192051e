"""What people read: pure functions from facts to messages; all wording for people is here or beside it."""
