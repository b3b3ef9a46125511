"""Offers: what vendors answer, and what is accepted."""
