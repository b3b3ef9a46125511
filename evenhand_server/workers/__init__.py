"""Workers: background steps; each does one due row and says whether there was work."""
