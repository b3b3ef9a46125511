"""News: what happened that a person wants to know, in the app, in a feed and, as they wish, by mail."""
