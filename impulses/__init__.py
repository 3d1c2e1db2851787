"""Impulse stories: what a department did, and how others can do it too."""
