"""A request that is larger than anything that is needed here is refused before any of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from evenhand_server.messages import say

Answer = Callable[[HttpRequest], HttpResponse]


def sizes(answer: Answer) -> Answer:
    """Refuse by what a request says of its own size: a file of a gigabyte never reaches the disk."""

    def respond(request: HttpRequest) -> HttpResponse:
        said = str(request.META.get("CONTENT_LENGTH") or 0)
        if said.isdecimal() and int(said) > settings.LARGEST_REQUEST and not request.path.startswith("/api/"):
            return render(request, "413.html", {"sentence": say("request_too_large")}, status=413)
        return answer(request)

    return respond
