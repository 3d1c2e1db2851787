"""Sharing: colleagues tell in a form what their department did; a story in moderation comes of it."""
