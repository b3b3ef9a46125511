"""Matching: which open intents and standing interests fit."""
