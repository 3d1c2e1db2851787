"""Guest posts and their authors."""
