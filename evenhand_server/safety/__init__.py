"""Safety: blocking a party, reporting what should not be, and what the operator decides of it, with one appeal."""
