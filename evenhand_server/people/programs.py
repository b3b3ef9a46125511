"""Who acts when a program asks, and a program's write, done once."""

import json
import re
import zoneinfo
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import ValidationError
from ninja.security import HttpBearer
from pydantic import BaseModel

from evenhand.records import digest
from evenhand_server.messages import say
from evenhand_server.people.actor import Actor
from evenhand_server.people.errors import OwnTokenNeededError
from evenhand_server.people.queries import actor_of_token
from evenhand_server.people.roles import Role
from evenhand_server.programs.openapi import KEY_HEADER, KEY_PATTERN
from evenhand_server.records.once import once

KEY = re.compile(KEY_PATTERN)


class ProgramRequest(HttpRequest):
    """A request of a program that somebody let in."""

    auth: Actor
    is_replayed: bool


class Token(HttpBearer):
    """A token stands for one person in one membership, and dies with it."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Whoever gave the program this token."""
        return actor_of_token(token)


def in_their_time_zone(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Days begin and end where the person lives, as on the pages."""

    @wraps(answer)
    def respond(request: HttpRequest, *args: Any, **named: Any) -> Any:
        actor: Actor | None = getattr(request, "auth", None)
        if actor is None:
            return answer(request, *args, **named)
        with timezone.override(zoneinfo.ZoneInfo(actor.person.time_zone)):
            return answer(request, *args, **named)

    return respond


def write_once(request: ProgramRequest, do: Callable[[], str], asked: BaseModel | None = None) -> str:
    """Do what a program asks for, once for each of its idempotency keys, and say what that made."""
    key = request.headers.get(KEY_HEADER)
    if key is None:
        with transaction.atomic():
            return do()
    if not KEY.fullmatch(key):
        raise ValidationError([{"type": "key", "loc": ("header", KEY_HEADER), "msg": say("input_key")}])
    done = once(request.auth.person_id, f"api:{key}", digest_of(request, asked), do)
    request.is_replayed = not done.is_new
    return done.made


def digest_of(request: ProgramRequest, asked: BaseModel | None) -> str:
    """What was asked for, of whom, as one digest: the same words in another order are the same."""
    content = asked.model_dump(mode="json") if asked is not None else {}
    whole = [request.method, request.path, request.auth.membership.public_id, content]
    return digest(json.dumps(whole, sort_keys=True).encode())


def must_be_own(actor: Actor) -> None:
    """Refuse to show or change a person's own things to a program that acts for an organisation."""
    if actor.role != Role.SELF:
        raise OwnTokenNeededError
