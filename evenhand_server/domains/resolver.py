"""Asking DNS for the text records of a name; what cannot be reached has none."""

from collections.abc import Callable

import dns.exception
import dns.resolver
from django.conf import settings
from django.utils.module_loading import import_string

LONGEST_SECONDS = 5.0


def look_up(name: str) -> list[str]:
    """The text records of a name, by whatever resolver this server was given."""
    found: Callable[[str], list[str]] = import_string(settings.DOMAIN_RESOLVER)
    return found(name)


def ask_dns(name: str) -> list[str]:
    """The text records of a name as DNS has them now."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=LONGEST_SECONDS)
    except (dns.exception.DNSException, OSError):
        return []
    return [b"".join(record.strings).decode("utf-8", errors="replace") for record in answer]
