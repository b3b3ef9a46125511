"""What may not happen, as a problem that programs go by and people can read (RFC 9457, application/problem+json)."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.core.signals import got_request_exception
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, ConfigDict

from evenhand.errors import EvenhandError
from evenhand_server.messages import SENTENCES, say
from evenhand_server.storage.errors import ForbiddenActionError, KeyUsedOtherwiseError, NotFoundError, TooOftenError

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
ABOUT_THE_REQUEST = frozenset(
    {
        *("counter_not_on_roster", "no_such_person", "nothing_offered", "nothing_wanted", "not_traded"),
        *("offer_wrong", "terms_do_not_fit", "unknown_terms"),
    }
)
"""What no waiting will mend: the request itself must change."""
CODES = {400: "malformed", 401: "token_needed", 405: "method_not_allowed", 413: "too_large", 429: "too_many_requests"}
OWN_CODES = (
    (HTTPStatus.UNPROCESSABLE_ENTITY, "input_invalid"),
    (HTTPStatus.CONFLICT, "crossed"),
    (HTTPStatus.INTERNAL_SERVER_ERROR, "server_error"),
)

log = logging.getLogger("evenhand.programs")


class FieldProblem(BaseModel):
    """One field that cannot be used, by its path, and why."""

    field: str
    message: str


class Problem(BaseModel):
    """A problem: go by the code; the detail is for people. What the code brings along stands beside it."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldProblem] = []


def answer_problems(api: NinjaAPI) -> None:
    """Let this API answer everything that goes wrong as a problem."""
    api.add_exception_handler(EvenhandError, refused)
    api.add_exception_handler(ValidationError, unusable)
    api.add_exception_handler(HttpError, spoken)
    api.add_exception_handler(Http404, nowhere)
    api.add_exception_handler(ObjectDoesNotExist, nowhere)
    api.add_exception_handler(RequestDataTooBig, too_large)
    api.add_exception_handler(IntegrityError, crossed)
    api.add_exception_handler(Exception, broken)


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """An action may not happen."""
    response = problem(request, status_of(error), error.code, error.data)
    if isinstance(error, TooOftenError):
        response["Retry-After"] = str(error.data["retry_after"])
    return response


def status_of(error: EvenhandError) -> int:
    """409 unless the error is about who asks, what was asked for, or the request itself."""
    if isinstance(error, NotFoundError):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, ForbiddenActionError):
        return HTTPStatus.FORBIDDEN
    if isinstance(error, TooOftenError):
        return HTTPStatus.TOO_MANY_REQUESTS
    if isinstance(error, KeyUsedOtherwiseError) or error.code in ABOUT_THE_REQUEST:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def unusable(request: HttpRequest, error: Any) -> HttpResponse:
    """Some fields cannot be used; an id that is none leads nowhere, as an unknown one does."""
    if any(one["loc"][0] == "path" for one in error.errors):
        return refused(request, NotFoundError())
    fields = [{"field": path_of(one["loc"]), "message": message_of(one)} for one in error.errors]
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "input_invalid", errors=fields)


def path_of(place: Sequence[object]) -> str:
    """Where in the request: the body's field by its path, else the parameter's name."""
    steps = place[2:] if place[0] == "body" else place[1:]
    return ".".join(str(step) for step in steps)


def message_of(error: Mapping[str, Any]) -> str:
    """Our sentence for this kind of mistake, else the one that came with it."""
    code = f"input_{error['type']}"
    return say(code, error.get("ctx")) if code in SENTENCES else str(error["msg"])


def spoken(request: HttpRequest, error: Any) -> HttpResponse:
    """No token, no JSON, too much at once: what the framework itself refuses."""
    return problem(request, error.status_code, CODES.get(error.status_code, "error"))


def nowhere(request: HttpRequest, _error: Any = None) -> HttpResponse:
    """There is no such address, or what a repeated write had made is gone since."""
    return refused(request, NotFoundError())


def too_large(request: HttpRequest, _error: Any) -> HttpResponse:
    """More than any request here needs."""
    return problem(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")


def crossed(request: HttpRequest, _error: Any) -> HttpResponse:
    """Two did the same thing at the same moment, and the database let one of them."""
    return problem(request, HTTPStatus.CONFLICT, "crossed")


def broken(request: HttpRequest, error: Any) -> HttpResponse:
    """Our own fault: told to the log, never to the program."""
    got_request_exception.send(sender=None, request=request)
    log.error("an operation failed: %s", type(error).__name__, exc_info=error)
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "server_error")


def problem(
    request: HttpRequest, status: int, code: str, data: Mapping[str, object] | None = None, **more: Any
) -> HttpResponse:
    """The answer."""
    told = dict(data or {})
    body = {
        **{name: value if isinstance(value, int | str | list) else str(value) for name, value in told.items()},
        "type": request.build_absolute_uri(f"{DOCS}#{code}"),
        "title": code.replace("_", " ").capitalize(),
        "status": int(status),
        "code": code,
        "detail": say(code, told),
        **more,
    }
    response = JsonResponse(body, status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="Evenhand"'
    return response


def refuse_form(form: forms.BaseForm, *at: str, names: Mapping[str, str] | None = None) -> ValidationError:
    """What a form finds wrong, said of the fields that the program sent; ``names`` maps those called otherwise."""
    known = names or {}
    return ValidationError(
        [
            {"type": "form", "loc": ("body", "asked", *at, known.get(name, name)), "msg": " ".join(map(str, found))}
            for name, found in form.errors.items()
        ]
    )


def refuse_field(name: str, code: str, **data: object) -> ValidationError:
    """One field that cannot be used, by the sentence of a code."""
    return ValidationError([{"type": code, "loc": ("body", "asked", *name.split(".")), "msg": say(code, data)}])
