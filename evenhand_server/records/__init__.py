"""Records: erasable texts beside their digests, signing keys, files, and what was already done once."""
