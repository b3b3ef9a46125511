"""Words: the reader and its data, opened once for each process."""
