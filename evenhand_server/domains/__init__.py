"""Domains: a seller shows that the name of its website is its own, by a mail to it or a record in DNS."""
