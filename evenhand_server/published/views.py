"""An organisation's own page, and the documents that programs read at well-known addresses."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from evenhand_server.interests.queries import standing_terms
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.terms import roster
from evenhand_server.published.own_domain import look_around, places_of
from evenhand_server.published.queries import (
    key_document,
    organisation_called,
    server_document,
    server_keys,
    terms_document,
)
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.records.queries import published_key
from evenhand_server.storage.errors import NotFoundError

AN_HOUR = "public, max-age=3600"


@require_safe
def organisation(request: HttpRequest, party_id: str) -> HttpResponse:
    """Who an organisation is, which terms it accepts from anybody, and the key it signs with."""
    found = organisation_called(party_id)
    accepted = standing_terms(found.party_id)
    context = {
        "organisation": found,
        "accepted": [terms for terms in roster() if terms.id in accepted],
        "evidence": evidence_of(found.party_id),
        "key": published_key(found.party_id),
    }
    return render(request, "published/organisation.html", context)


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.VERIFY)
def own(request: HttpRequest) -> HttpResponse:
    """What a vendor puts at its own domain, and asking now what stands there."""
    party = actor_in(request).party
    try:
        places = places_of(party)
    except NotFoundError:
        places = []
    looks = list(look_around(party)) if request.method == "POST" and places else []
    return render(request, "published/own.html", {"places": places, "looks": looks})


@require_safe
def terms(request: HttpRequest, party_id: str) -> HttpResponse:
    """The terms one organisation accepts, for programs."""
    return document(request, lambda: terms_document(organisation_called(party_id)))


@require_safe
def key(request: HttpRequest, party_id: str) -> HttpResponse:
    """The key one organisation signs with, for programs."""
    return document(request, lambda: key_document(organisation_called(party_id)))


@require_safe
def well_known_terms(request: HttpRequest) -> HttpResponse:
    """The terms accepted here, for programs."""
    return document(request, server_document)


@require_safe
def well_known_key(request: HttpRequest) -> HttpResponse:
    """The keys used here, for programs."""
    return document(request, server_keys)


def document(request: HttpRequest, write: Callable[[], dict[str, Any]]) -> HttpResponse:
    """A document that any page and program may read, and keep for an hour."""
    body = json.dumps(write(), ensure_ascii=False, indent=2).encode()
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="application/json")
    response = get_conditional_response(request, etag=etag, response=response) or response
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = AN_HOUR
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
