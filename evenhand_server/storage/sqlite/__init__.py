"""SQLite as Evenhand needs it: durable, immediate, and fair between writers."""
