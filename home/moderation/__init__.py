"""Moderation: who checks what, that nobody publishes alone, and what is said about a page."""
