"""Published: what an organisation that answers shows to everybody, people and programs."""
