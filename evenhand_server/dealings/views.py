"""Saying no on a dealing."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from evenhand_server.dealings import actions
from evenhand_server.dealings.forms import DeclineForm
from evenhand_server.dealings.queries import dealing_of
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, refuse, write_once


@login_required
@require_POST
def decline(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Say no, with a friendly reason."""
    actor, form = actor_in(request), DeclineForm(request.POST)
    if not form.is_valid():
        return refuse(request, "answer_missing", "relationships:dealing", dealing_id)

    def do() -> str:
        actions.decline(actor, dealing_of(actor, dealing_id), form.cleaned_data["reason"])
        return dealing_id

    write_once(request, do)
    return done(request, "done_declined", "relationships:dealing", dealing_id)
