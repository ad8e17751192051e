"""Presets: offices as their acts and settings describe them, in TOML; what an office does lives elsewhere."""
