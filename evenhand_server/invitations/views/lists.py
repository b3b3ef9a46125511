"""Pages of supplier lists: upload and look before keeping, change, remove."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand_server.invitations.actions import lists as actions
from evenhand_server.invitations.forms import KnownSupplierForm, ListNameForm, SheetForm, SupplierForm
from evenhand_server.invitations.models import Supplier
from evenhand_server.invitations.queries import list_of, lists_of, sheet_of, supplier_of, suppliers_of
from evenhand_server.invitations.sheet import MOST_ROWS
from evenhand_server.people.actor import Actor
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, refuse, write_once

LIST = "invitations:list"
SHOWN = 20


@login_required
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """The party's lists; and a file to make another of."""
    actor = actor_in(request)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        made = actions.look_at_sheet(actor, cleaned["name"], cleaned["file"])
        return redirect("invitations:sheet", made.public_id)
    context = {"form": form, "lists": lists_of(actor), "most_rows": MOST_ROWS}
    return render(request, "invitations/lists.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: HttpRequest, sheet_id: str) -> HttpResponse:
    """What was read of a file; keep it or leave it."""
    actor = actor_in(request)
    if request.method == "POST":

        def do() -> str:
            return actions.keep_sheet(actor, sheet_of(actor, sheet_id)).public_id

        return done(request, "done_list_kept", LIST, write_once(request, do).made)
    found = sheet_of(actor, sheet_id)
    known = lists_of(actor).filter(name=found.name).first()
    context = {"sheet": found, "rows": found.rows[:SHOWN], "more": max(0, len(found.rows) - SHOWN), "known": known}
    return render(request, "invitations/sheet.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, list_id: str) -> HttpResponse:
    """Who stands in a list; and one more."""
    actor = actor_in(request)
    found = list_of(actor, list_id)
    form = SupplierForm(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def do() -> str:
            return actions.keep_list(actor, found.name, [form.cleaned_data]).public_id

        write_once(request, do)
        return done(request, "done_supplier", LIST, list_id)
    context = {
        "list": found,
        "suppliers": suppliers_of(actor, list_id),
        "form": form,
        "name_form": ListNameForm(initial={"name": found.name}),
    }
    return render(request, "invitations/list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def rename(request: HttpRequest, list_id: str) -> HttpResponse:
    """Give a list another name."""
    actor, form = actor_in(request), ListNameForm(request.POST)
    if not form.is_valid():
        return refuse(request, "name_missing", LIST, list_id)

    def do() -> str:
        actions.rename_list(actor, list_of(actor, list_id), form.cleaned_data["name"])
        return list_id

    write_once(request, do)
    return done(request, "done_details", LIST, list_id)


@login_required
@require_http_methods(["GET", "POST"])
def supplier(request: HttpRequest, list_id: str, supplier_id: str) -> HttpResponse:
    """Change one seller in a list."""
    actor = actor_in(request)
    found = supplier_in(actor, list_id, supplier_id)
    form = KnownSupplierForm(
        request.POST or None, initial={name: getattr(found, name) for name in ("name", "note", "group")}
    )
    if request.method == "GET" or not form.is_valid():
        context = {"supplier": found, "form": form}
        return render(request, "invitations/supplier.html", context, status=422 if form.errors else 200)

    def do() -> str:
        actions.change_supplier(actor, found, form.cleaned_data)
        return supplier_id

    write_once(request, do)
    return done(request, "done_details", LIST, list_id)


@login_required
@require_POST
def remove_supplier(request: HttpRequest, list_id: str, supplier_id: str) -> HttpResponse:
    """Take one seller out of a list."""
    actor = actor_in(request)

    def do() -> str:
        actions.remove_supplier(actor, supplier_in(actor, list_id, supplier_id))
        return supplier_id

    write_once(request, do)
    return done(request, "done_supplier_removed", LIST, list_id)


def supplier_in(actor: Actor, list_id: str, supplier_id: str) -> Supplier:
    """One seller, who stands in this list."""
    found = supplier_of(actor, supplier_id)
    if found.list.public_id != list_id:
        raise Http404
    return found


@login_required
@require_POST
def remove(request: HttpRequest, list_id: str) -> HttpResponse:
    """Remove a list."""
    actor = actor_in(request)

    def do() -> str:
        actions.remove_list(actor, list_of(actor, list_id))
        return list_id

    write_once(request, do)
    return done(request, "done_list_removed", "invitations:lists")
