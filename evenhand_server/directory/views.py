"""Pages of the directory for operators, and the one on which a business leaves it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand_server.directory import actions
from evenhand_server.directory.forms import FileForm, MappingForm
from evenhand_server.directory.queries import entry_at, import_of, imports_of, mailbox_signed
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, write_once

SHOWN = 5


@login_required
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """What was brought in, and bringing in more."""
    actor = actor_in(request)
    rows = imports_of(actor)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "rows": rows}
        return render(request, "directory/list.html", context, status=422 if form.errors else 200)

    def do() -> str:
        return actions.bring_in(actor, form.file_name, form.cleaned_data["file"]).public_id

    return done(request, "done_brought_in", "directory:one", write_once(request, do).made)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, import_id: str) -> HttpResponse:
    """A file to look at with what its columns are; then how far it is taken in."""
    actor = actor_in(request)
    found = import_of(actor, import_id)
    form = MappingForm(request.POST or None, header=found.header)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "found": found, "first": found.rows[:SHOWN]}
        return render(request, "directory/one.html", context, status=422 if form.errors else 200)

    def do() -> str:
        actions.take_in(actor, import_of(actor, import_id), form.mapping())
        return import_id

    write_once(request, do)
    return done(request, "done_taking_in", "directory:one", import_id)


@login_required
@require_POST
def undo(request: HttpRequest, import_id: str) -> HttpResponse:
    """Take it all out again."""
    actor = actor_in(request)

    def do() -> str:
        actions.undo(actor, import_of(actor, import_id))
        return import_id

    write_once(request, do)
    return done(request, "done_undone", "directory:list")


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, signed: str) -> HttpResponse:
    """A business leaves: looking does nothing, the button does it; pressed again, it is still gone."""
    mailbox = mailbox_signed(signed)
    if request.method == "POST":
        actions.leave(mailbox)
        return render(request, "directory/leave.html", {"is_gone": True})
    return render(request, "directory/leave.html", {"entry": entry_at(mailbox)})
