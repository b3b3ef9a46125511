"""Lists page by page: a cursor says where the next page begins, and nothing else that anybody could read from it."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from typing import Annotated, Generic, TypeVar

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Model, QuerySet
from ninja.errors import ValidationError
from pydantic import BaseModel, Field

from evenhand_server.messages import say
from evenhand_server.programs.fields import Shown

MOST = 100

Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")
Made = TypeVar("Made")


class Paging(BaseModel):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=MOST, description="How many at most")] = 50
    cursor: Annotated[
        str,
        Field(max_length=200, pattern=r"^[0-9A-Za-z_=-]*$", description="“next” of the page before; empty at first"),
    ] = ""


class Page(Shown, Generic[Item]):
    """One page of a list; ``next`` is the cursor of the page after it, null on the last one."""

    items: list[Item]
    next: str | None = None


def page_of(
    rows: QuerySet[Row], paging: Paging, show: Callable[[list[Row]], list[Made]], *, oldest_first: bool = False
) -> Page[Made]:
    """A page of rows in the order in which they were made; those made since do not shift it."""
    after, limit = opened(paging.cursor), paging.limit
    ordered = rows.order_by("pk" if oldest_first else "-pk")
    if after:
        ordered = ordered.filter(pk__gt=after) if oldest_first else ordered.filter(pk__lt=after)
    found = list(ordered[: limit + 1])
    shown = found[:limit]
    return Page(items=show(shown), next=sealed(shown[-1].pk) if len(found) > limit else None)


def part_of(items: Sequence[Item], paging: Paging, show: Callable[[list[Item]], list[Made]]) -> Page[Made]:
    """A page of a list that has an order of its own, by position."""
    start = opened(paging.cursor)
    end = start + paging.limit
    return Page(items=show(list(items[start:end])), next=sealed(end) if end < len(items) else None)


def sealed(position: int) -> str:
    """A cursor. Sealed, since row numbers would tell how much goes on here."""
    return seal().encrypt(str(position).encode()).decode()


def opened(cursor: str) -> int:
    """The position in a cursor; 0 for the beginning."""
    if not cursor:
        return 0
    try:
        return int(seal().decrypt(cursor.encode()))
    except InvalidToken as error:
        wrong = {"type": "cursor", "loc": ("query", "cursor"), "msg": say("input_cursor")}
        raise ValidationError([wrong]) from error


@cache
def seal() -> Fernet:
    """The seal of this server's cursors."""
    key = hashlib.sha256(b"cursors:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
