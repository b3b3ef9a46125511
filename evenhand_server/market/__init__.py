"""Market: what the operator settled for this server, who the operators are, and whether mail works."""
