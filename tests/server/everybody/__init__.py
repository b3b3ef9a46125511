"""Everybody in every role and state: one world for all tests of this folder, which take a while to make."""
