"""Integrations: what Evenhand speaks with outside, one folder each."""
