"""Intents: what somebody announces it wants, and what others may see of it."""
