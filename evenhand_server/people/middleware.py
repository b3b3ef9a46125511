"""For each request: who acts, in which time zone, and what becomes of an action that may not happen."""

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evenhand.errors import EvenhandError
from evenhand_server.messages import say
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of, memberships_of
from evenhand_server.storage.errors import ForbiddenActionError, NotFoundError, TooOftenError

Answer = Callable[[HttpRequest], HttpResponse]
MEMBERSHIP = "membership"


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: Person
    actor: Actor


def acting(answer: Answer) -> Answer:
    """Set the time zone of the person; the actor itself is found when a page first asks for it."""

    def respond(request: HttpRequest) -> HttpResponse:
        person = request.user
        if isinstance(person, AnonymousUser) or not person.is_authenticated:
            return answer(request)
        with timezone.override(zoneinfo.ZoneInfo(person.time_zone)):
            return answer(request)

    return respond


def actor_in(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    found: Actor | None = getattr(request, "_actor", None)
    if found is None:
        found = actor_of(request.user, request.session.get(MEMBERSHIP, ""))  # type: ignore[arg-type]
        request._actor = found  # type: ignore[attr-defined]
    return found


class refusals:  # noqa: N801 - Django names middleware by a dotted path; this one reads as a function
    """Show an action that may not happen as a page that says why and what to do."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into a page; anything else stays an error."""
        if isinstance(error, NotFoundError):
            raise Http404 from error
        if not isinstance(error, EvenhandError):
            return None
        if isinstance(error, TooOftenError):
            return ask_to_wait(request, error)
        status = 403 if isinstance(error, ForbiddenActionError) else 409
        return render(request, "refused.html", {"sentence": say(error.code, error.data)}, status=status)


def ask_to_wait(request: HttpRequest, error: TooOftenError) -> HttpResponse:
    """The page that says when to try again, also to browsers and programs (RFC 9110, Retry-After)."""
    response = render(request, "429.html", {"sentence": say(error.code, error.data)}, status=429)
    response["Retry-After"] = str(error.data["retry_after"])
    return response


def page_context(request: HttpRequest) -> dict[str, Any]:
    """What every page shows: who acts, for whom they could act, and whether this is the demo."""
    shared: dict[str, Any] = {"is_demo": settings.ENVIRONMENT.demo}
    if not request.user.is_authenticated:
        return shared
    return shared | {"actor": actor_in(request), "memberships": list(memberships_of(request.user))}
