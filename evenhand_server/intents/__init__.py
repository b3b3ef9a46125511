"""Intents: what parties announce they want."""
