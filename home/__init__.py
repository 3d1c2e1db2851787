"""The content library's foundation."""
