"""Whom a limit counts: the person who is signed in, else the network address, each as a digest that tells nothing."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

IPV6_NETWORK = 64
"""One household or one shop has this whole part of the network to itself, and a new address in it whenever it likes."""


def subject_of(request: HttpRequest) -> str:
    """The person, for whichever party they act: founding more parties brings no more allowance."""
    actor: Any = getattr(request, "auth", None)
    if actor is not None:
        return of_person(actor.person_id)
    return of_person(request.user.pk) if request.user.is_authenticated else of_address(request)


def of_person(person_id: int) -> str:
    """A person as a subject."""
    return sealed("person", str(person_id))


def of_address(request: HttpRequest) -> str:
    """Where a request comes from, as a subject."""
    return sealed("address", address_of(request))


def of_address_at(request: HttpRequest, thing: str) -> str:
    """Where a request comes from, for one thing alone: what somebody uses up there is missing nowhere else."""
    return sealed("address_at", address_of(request), thing)


def of_words(*words: str) -> str:
    """Anything else that is counted, such as a user name as somebody typed it."""
    return sealed("words", *(word.casefold().strip() for word in words))


def sealed(*parts: str) -> str:
    """A keyed digest: the table tells nobody who came from where."""
    return salted_hmac("evenhand.limits", "\0".join(parts), algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The network address of who asks; behind proxies what the outermost trusted one says of it.

    The list in ``X-Forwarded-For`` grows at its end; whatever stands further to the front anybody may have written.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    proxies = settings.PROXIES
    return network_of(hops[-proxies] if proxies and len(hops) >= proxies else nearest) or nearest


def network_of(text: str) -> str:
    """An IPv4 address as it is, of an IPv6 one the network; empty for what is no address."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address.packed[:8] + bytes(8), IPV6_NETWORK)))
