"""Relationships: two parties going on together, and the bundle each can take home."""
