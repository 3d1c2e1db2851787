"""Postcards of the Grundgesetz and courage cards."""
