"""Matching: which intents and interests fit, how well and why."""
