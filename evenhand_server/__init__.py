"""Evenhand, the server: one thin Django application with the same rooms as the library."""
