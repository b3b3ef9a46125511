"""Words: plain words in, a reading out; and jargon to avoid."""
