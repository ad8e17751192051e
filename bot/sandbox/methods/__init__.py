"""The Bot API methods that the sandbox serves, a file per family; `table` lists them all."""
