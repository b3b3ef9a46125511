"""News counts as seen once the page that it led to was seen; and leads there for whichever party it was meant."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from evenhand_server.news.actions import see
from evenhand_server.news.queries import told_elsewhere, unseen_of
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.queries import memberships_of

Answer = Callable[[HttpRequest], HttpResponse]


def seeing(answer: Answer) -> Answer:
    """After each page of somebody who is signed in."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method != "GET" or request.path.startswith("/api/") or not request.user.is_authenticated:
            return response
        if response.status_code == HTTPStatus.OK:
            if unseen_of(request.user).filter(path=request.path).exists():
                see(request.user, path=request.path)
        elif response.status_code == HTTPStatus.NOT_FOUND:
            return ask_to_switch(request) or response
        return response

    return respond


def ask_to_switch(request: HttpRequest) -> HttpResponse | None:
    """Somebody was told of this page for a party that they do not act for just now: ask whether they want to."""
    told = told_elsewhere(actor_in(request), request.path)
    if told is None:
        return None
    membership = memberships_of(actor_in(request).person).filter(party_id=told.party_id).first()
    if membership is None:
        return None
    response = render(request, "news/elsewhere.html", {"membership": membership}, status=HTTPStatus.NOT_FOUND)
    add_never_cache_headers(response)
    return response
