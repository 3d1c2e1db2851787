"""The demo campaign of the fictional Musterstadt: content, pictures and the command to load it."""
