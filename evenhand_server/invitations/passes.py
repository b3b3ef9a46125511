"""What a browser carries instead of a token: a sealed cookie for one link, and after the code for one dealing."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.invitations.models import Guest, Link
from evenhand_server.invitations.queries import guest_of, working_link
from evenhand_server.invitations.tokens import (
    ENTERED_PASS_SECONDS,
    LINK_PASS_SECONDS,
    open_pass,
    seal_pass,
    token_of,
)
from evenhand_server.letters.queries import site_address

COOKIE = "evenhand_guest"
DEALING_PAGE = re.compile(r"/dealings/([0-9a-f]{32})(?=/|$)")


def give_pass(response: HttpResponse, link: Link) -> None:
    """Let this browser see the page of a link."""
    write_cookie(response, f"/i/at/{link.public_id}", seal_pass(link.public_id, entered=False), LINK_PASS_SECONDS)


def give_entry(response: HttpResponse, link: Link, dealing: Dealing) -> None:
    """Let this browser answer: the code was right."""
    sealed = seal_pass(link.public_id, entered=True)
    for path in (f"/i/at/{link.public_id}", f"/dealings/{dealing.public_id}"):
        write_cookie(response, path, sealed, ENTERED_PASS_SECONDS)


def take_entry(response: HttpResponse, link_id: str, dealing: Dealing | None) -> None:
    """Forget who was here, such as on a computer that others use."""
    response.delete_cookie(COOKIE, path=f"/i/at/{link_id}")
    if dealing is not None:
        response.delete_cookie(COOKIE, path=f"/dealings/{dealing.public_id}")


def write_cookie(response: HttpResponse, path: str, sealed: str, seconds: int) -> None:
    """A cookie for one address and what lies below it, out of reach of scripts."""
    response.set_cookie(
        COOKIE, sealed, max_age=seconds, path=path, secure=settings.IS_PUBLIC, httponly=True, samesite="Lax"
    )


def link_in(request: HttpRequest, link_id: str) -> tuple[Link | None, bool]:
    """The link of this page, if this browser carries its pass and it still works; and whether the code was given."""
    said, entered = open_pass(request.COOKIES.get(COOKIE, ""))
    if said != link_id:
        return None, False
    return working_link(link_id, timezone.now()), entered


def link_of_dealing(request: HttpRequest) -> Link | None:
    """The link by which a guest may be on the page of a dealing: the code was given, and nothing was taken back."""
    page = DEALING_PAGE.match(request.path)
    if page is None or COOKIE not in request.COOKIES:
        return None
    said, entered = open_pass(request.COOKIES[COOKIE])
    link = working_link(said, timezone.now()) if entered else None
    if link is None or link.invitation is None or link.invitation.dealing is None:
        return None
    return link if link.invitation.dealing.public_id == page[1] else None


def guest_in(request: HttpRequest, dealing_id: str) -> Guest:
    """The guest of this page, who has given the code."""
    found: Link | None = getattr(request, "guest_link", None)
    if found is None or found.invitation is None or found.invitation.dealing is None:
        raise Http404
    known = guest_of(found.invitation.dealing.vendor_id)
    if known is None:
        raise Http404
    return known


def address_of(link: Link) -> str:
    """The whole address of a link, as it is mailed, printed or passed on."""
    return f"{site_address()}{reverse('invitations:link', args=[token_of(link.public_id)])}"
