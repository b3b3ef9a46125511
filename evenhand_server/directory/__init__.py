"""Directory: businesses the operator knows of that are not here yet; nobody writes to them without a person's click."""
