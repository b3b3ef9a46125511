"""For each request: whether a guest is asking, who then acts on the pages of their one dealing and nowhere else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from evenhand_server.invitations.passes import link_of_dealing
from evenhand_server.invitations.queries import guest_actor

Answer = Callable[[HttpRequest], HttpResponse]


def guests(answer: Answer) -> Answer:
    """Let a guest act on the pages of their dealing; who is signed in acts for themself, and may take it over."""

    def respond(request: HttpRequest) -> HttpResponse:
        link = link_of_dealing(request)
        if link is None:
            return answer(request)
        assert link.invitation is not None  # link_of_dealing gives no others.
        actor = guest_actor(link.invitation)
        request.guest_link = link  # type: ignore[attr-defined]
        if actor is not None and not request.user.is_authenticated:
            request.user = actor.person
            request._actor = actor  # type: ignore[attr-defined]
        response = answer(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return respond
