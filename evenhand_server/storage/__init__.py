"""Storage: how rows, ids and the databases behave, before any room has a row."""
