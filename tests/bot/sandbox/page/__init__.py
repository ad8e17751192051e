"""Tests of the sandbox's chat page."""
