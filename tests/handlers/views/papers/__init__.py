"""Papers and pictures in words."""
