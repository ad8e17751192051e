"""What a keeper installs the bot by: an offline bundle, systemd units, a container; no part of the program itself."""
