"""The buttons under cards, forms and lists, panel by panel; what a press does is in the feature files."""
