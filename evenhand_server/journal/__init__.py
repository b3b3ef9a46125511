"""Journal: the append-only log of every action, and the due rows it leaves."""
