"""The domain of the office: nouns, rules and use cases, written with the standard library alone."""
