"""Limits: how often one person or one network address may do a thing, kept in the database."""
