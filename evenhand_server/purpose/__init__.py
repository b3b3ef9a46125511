"""Purpose: what a party stands for, with evidence."""
