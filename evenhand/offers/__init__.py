"""Offers: what a vendor answers, checked and compared."""
