"""A word from outside: people without an account sign a page off, or ask for changes."""
