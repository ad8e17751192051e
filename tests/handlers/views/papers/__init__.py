"""Papers and pictures: what they say, and how their words are set."""
