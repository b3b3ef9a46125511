"""Interests: what a vendor stands ready to answer."""
