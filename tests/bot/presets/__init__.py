"""Tests of bot/presets."""
