"""What pages of all rooms share: a write from a form, done once; and short notes on the next page."""

import secrets
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect

from evenhand.records import canonical, digest
from evenhand_server.messages import say
from evenhand_server.people.middleware import actor_in
from evenhand_server.records.once import Done, once

KEY_FIELD = "idempotency_key"
NOT_CONTENT = {"csrfmiddlewaretoken", KEY_FIELD}


def write_once(request: HttpRequest, do: Callable[[], str]) -> Done:
    """Do what a form asks for, once for this form and content: a double click or a resent page makes nothing twice.

    The same form with other content (somebody went back and changed it) is another write.
    """
    content = {name: values for name, values in request.POST.lists() if name not in NOT_CONTENT}
    content |= {name: [f"{file.name}:{file.size}" for file in files] for name, files in request.FILES.lists()}
    asked = digest(canonical({"path": request.path, "content": content}))
    key = request.POST.get(KEY_FIELD, "")[:40] or secrets.token_hex(16)
    return once(actor_in(request).person_id, f"{key}:{asked[-32:]}", asked, do)


def done(request: HttpRequest, code: str, to: str, *args: Any) -> HttpResponseRedirect:
    """Go to a page and say there what was done."""
    messages.success(request, say(code))
    return redirect(to, *args)


def refuse(request: HttpRequest, code: str, to: str, *args: Any, **data: object) -> HttpResponse:
    """Go to a page and say there what was wrong; ``data`` is what the sentence needs."""
    messages.error(request, say(code, data))
    return redirect(to, *args)
