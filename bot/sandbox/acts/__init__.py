"""What people do in the sandbox, and the updates that the bot gets of it; HTTP is not known here."""
