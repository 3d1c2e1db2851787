"""Sharing: colleagues tell in a form what their department did, and a story comes of it."""
