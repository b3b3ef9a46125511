"""Mail: one sentence that there is something to see, and no more."""
