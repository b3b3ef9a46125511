"""What every answer to a program has in common: problems instead of error pages, and nothing kept in caches."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from evenhand_server.programs.openapi import REPLAYED_HEADER
from evenhand_server.programs.problems import nowhere, problem

View = Callable[..., HttpResponse]


def finished(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """These addresses, each of whose answers is finished before it goes out."""
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        pattern.callback = finishing(pattern.callback)
    return patterns


def finishing(view: View) -> View:
    """Say which methods there are as a problem does; say whether this was done before; keep it out of caches."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            response = view(request, *args, **named)
        except Http404:
            response = nowhere(request)
        if response.status_code == 405:
            allowed = response["Allow"]
            response = problem(request, 405, "method_not_allowed")
            response["Allow"] = allowed
        if getattr(request, "is_replayed", False):
            response[REPLAYED_HEADER] = "true"
        response["Cache-Control"] = "no-store"
        return response

    return respond
