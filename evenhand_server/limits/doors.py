"""The door of a page or an operation: whoever comes too often is asked to wait, before anything is done."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest

from evenhand_server.limits.actions import spend
from evenhand_server.limits.rates import Limit
from evenhand_server.limits.subjects import of_address, subject_of

LOOKING = {"GET", "HEAD", "OPTIONS"}

Answer = TypeVar("Answer", bound=Callable[..., Any])


def limited(limit: Limit, *, by_address: bool = False) -> Callable[[Answer], Answer]:
    """Let each person (or each address, where nobody is signed in or ``by_address`` says so) do this so often only.

    Looking is free; a form or a program's write counts, whatever comes of it.
    """

    def at_the_door(answer: Answer) -> Answer:
        @wraps(answer)
        def respond(request: HttpRequest, *args: Any, **named: Any) -> Any:
            if request.method not in LOOKING:
                spend(limit, of_address(request) if by_address else subject_of(request))
            return answer(request, *args, **named)

        return respond  # type: ignore[return-value]

    return at_the_door
