"""Reminders: rules by hand and by property, use cases, and a plain model beside the engine over a year."""
