"""Pictures: what an upload may be, who has agreed to be seen, and who sees what is held back."""
