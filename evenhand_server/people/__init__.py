"""People: persons, the parties they act for, and who may do what."""
