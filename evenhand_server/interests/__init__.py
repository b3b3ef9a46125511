"""Interests: what vendors stand ready to answer."""
