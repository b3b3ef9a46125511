"""Keys: whose key signs, taking it into one's own hands, and changing it."""
