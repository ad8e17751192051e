"""The door of time: it only ticks. What is due is worked out from rows by the use cases that a tick calls."""
