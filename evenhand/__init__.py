"""Evenhand, the library: buying and selling between people on even terms, as pure values and functions."""
