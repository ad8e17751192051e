"""Stories told over HTTP, as the people in the chat would tell them."""
