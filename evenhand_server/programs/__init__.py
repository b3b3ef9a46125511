"""Programs: what the API of every room shares: strict input, problems, lists page by page, and its own description."""
