"""Relationships: going on together after a deal, and the bundle to take home."""
