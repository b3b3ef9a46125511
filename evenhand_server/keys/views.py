"""Pages about keys: which sign for me, changing them, and signing on one's own device."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand_server.dealings.models import Side
from evenhand_server.dealings.queries import dealing_of, side_of
from evenhand_server.keys import actions
from evenhand_server.keys.forms import KeyForm, SignatureForm
from evenhand_server.keys.queries import awaited, awaited_of, change_of, changes_of, keys_published
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, write_once
from evenhand_server.people.roles import Act
from evenhand_server.storage.errors import NotFoundError


@login_required
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The key that the party publishes, what waits for its device, and taking the key into one's own hands."""
    actor, form = actor_in(request), KeyForm(request.POST or None)
    if request.method == "GET" or not ("give_back" in request.POST or form.is_valid()):
        published = list(keys_published(actor.party_id))
        context = {
            "form": form,
            "current": published[0] if published else None,
            "former": published[1:],
            "changes": changes_of(actor),
            "awaited": awaited_of(actor),
            "may_keep_keys": actor.may(Act.KEEP_KEYS),
        }
        return render(request, "keys/list.html", context, status=422 if form.errors else 200)

    def do() -> str:
        if "give_back" in request.POST:
            return actions.begin_giving_back(actor).public_id
        return actions.begin_change(actor, form.cleaned_data["key"].strip()).public_id

    return redirect("keys:change", write_once(request, do).made)


@login_required
@require_POST
def rotation(request: HttpRequest) -> HttpResponse:
    """Sign with a new key from now on."""
    actor = actor_in(request)
    write_once(request, lambda: actions.rotate_key(actor).public_id)
    return done(request, "done_key_changed", "keys:list")


@login_required
@require_http_methods(["GET", "POST"])
def dealing_key(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """The key with which one signs in one dealing as the asker."""
    actor, form = actor_in(request), KeyForm(request.POST or None)
    found = dealing_of(actor, dealing_id)
    if side_of(actor, found) != Side.ASKER:
        raise NotFoundError
    if request.method == "GET" or not ("give_back" in request.POST or form.is_valid()):
        context = {"form": form, "dealing": found, "changes": changes_of(actor).filter(dealing=found)}
        return render(request, "keys/dealing.html", context, status=422 if form.errors else 200)

    def do() -> str:
        again = dealing_of(actor, dealing_id)
        if "give_back" in request.POST:
            return actions.begin_giving_back(actor, dealing=again).public_id
        return actions.begin_change(actor, form.cleaned_data["key"].strip(), dealing=again).public_id

    return redirect("keys:change", write_once(request, do).made)


@login_required
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, change_id: str) -> HttpResponse:
    """One change of keys: the statement to download, and the signatures to bring back."""
    actor, form = actor_in(request), signature_form(request)
    if request.method == "GET" or not form.is_valid():
        found = change_of(actor, change_id)
        made = {one["key"] for one in found.signatures}
        missing = [key for key in (found.old, found.new) if key.public not in made]
        context = {"form": form, "change": found, "missing": missing}
        return render(request, "keys/change.html", context, status=422 if form.errors else 200)
    content = form.content()

    def do() -> str:
        open_still = actions.add_change_signature(actor, change_id, content)
        return open_still.public_id if open_still is not None else ""

    if write_once(request, do).made:
        return done(request, "done_signature", "keys:change", change_id)
    return done(request, "done_key_changed", "keys:list")


@login_required
@require_GET
def statement(request: HttpRequest, change_id: str) -> HttpResponse:
    """The statement that both keys sign, byte for byte."""
    return as_file(change_of(actor_in(request), change_id).data, "evenhand-key-change.json")


@login_required
@require_POST
def cancellation(request: HttpRequest, change_id: str) -> HttpResponse:
    """Leave the key as it is."""
    actor = actor_in(request)

    def do() -> str:
        actions.cancel_change(actor, change_id)
        return change_id

    write_once(request, do)
    return done(request, "done_change_cancelled", "keys:list")


@login_required
@require_http_methods(["GET", "POST"])
def signature(request: HttpRequest, awaited_id: str) -> HttpResponse:
    """One record that waits for one's own device: to read, to download, and the signature to bring back."""
    actor, form = actor_in(request), signature_form(request)
    if request.method == "GET" or not form.is_valid():
        found = awaited(actor, awaited_id)
        return render(request, "keys/sign.html", {"form": form, "awaited": found}, status=422 if form.errors else 200)
    content = form.content()

    def do() -> str:
        return actions.sign_record(actor, awaited_id, content).dealing.public_id

    return done(request, "done_signed", "relationships:dealing", write_once(request, do).made)


@login_required
@require_GET
def record(request: HttpRequest, awaited_id: str) -> HttpResponse:
    """The record to sign, byte for byte."""
    return as_file(awaited(actor_in(request), awaited_id).record.data, "evenhand-record.json")


def signature_form(request: HttpRequest) -> SignatureForm:
    """The form, with what was sent."""
    return SignatureForm(request.POST, request.FILES) if request.method == "POST" else SignatureForm()


def as_file(data: str, name: str) -> HttpResponse:
    """Bytes to download; nothing may be added to them, since they are what is signed."""
    response = HttpResponse(data.encode(), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
