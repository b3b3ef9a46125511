"""Invitations: sellers who are not here answer by a link, and those one asks again and again stand in lists."""
