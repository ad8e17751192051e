"""What people read, line by line."""
