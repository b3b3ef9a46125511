"""Dealings: one intent and one vendor, and what they say to each other."""
