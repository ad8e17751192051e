"""An office's data as files that it may keep without us: sheets for people, one JSON for programs."""
