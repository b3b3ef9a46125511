"""Account: everything of one person, to see, export and erase."""
