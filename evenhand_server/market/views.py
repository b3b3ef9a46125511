"""Pages for whoever looks after the server: the first start, what this market is, mail, and what failed for good."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand_server.market import actions
from evenhand_server.market.forms import CodeForm, FounderForm, MarketForm, market_now
from evenhand_server.market.queries import (
    failed_letters,
    failed_work,
    is_operator,
    is_setup_key,
    mail_is_only_kept,
    mail_works,
    must_be_operator,
    operators,
    the_market,
)
from evenhand_server.messages import say
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, refuse, write_once
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.words.sources import sources

KEY = "setup_key"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@require_GET
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """The one-time address: swapped at once for a cookie, and used up only when somebody becomes an operator."""
    if not is_setup_key(key):
        raise Http404
    request.session[KEY] = key
    response = redirect("market:setup")
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """What this market is, for operators; who holds the one-time address becomes one first."""
    if not request.user.is_authenticated or not is_operator(request.user):
        return welcome(request, FounderForm())
    actor = actor_in(request)
    form = MarketForm(request.POST or None, initial=known_facts())
    if request.method == "GET" or not form.is_valid():
        return show_setup(request, form=form)

    def do() -> str:
        actions.settle(actor, form.facts())
        return actor.person.public_id

    write_once(request, do)
    return done(request, "done_settled", "market:setup")


def welcome(request: HttpRequest, form: FounderForm) -> HttpResponse:
    """The first step, for whoever holds the one-time address; nothing is here for anybody else."""
    if request.method == "POST" and not form.is_bound:
        raise Http404
    if not is_setup_key(request.session.get(KEY, "")):
        raise Http404
    return render(request, "market/welcome.html", {"form": form}, status=422 if form.errors else 200)


def known_facts() -> dict[str, Any]:
    """What was settled, or what the settings say."""
    known = settings.ENVIRONMENT
    return market_now(the_market(), operator=known.operator, contact=known.contact, country=known.country)


def show_setup(
    request: HttpRequest, *, form: MarketForm | None = None, code_form: CodeForm | None = None
) -> HttpResponse:
    """The whole page."""
    context = {
        "form": form or MarketForm(initial=known_facts()),
        "code_form": code_form or CodeForm(),
        "market": the_market(),
        "mail_works": mail_works(),
        "mail_is_only_kept": mail_is_only_kept(),
        "mail_folder": settings.EMAIL_FILE_PATH,
        "operators": operators(),
        "failures": failed_work().count() + failed_letters().count(),
        "tree": sources().tree,
    }
    wrong = any(one is not None and one.errors for one in (form, code_form))
    return render(request, "market/setup.html", context, status=422 if wrong else 200)


@sensitive_post_parameters("password")
@never_cache
@require_POST
def become_operator(request: HttpRequest) -> HttpResponse:
    """Use up the one-time address: the person who is signed in, or a new one, looks after the server from now on."""
    key = request.session.get(KEY, "")
    if not is_setup_key(key):
        return already_used(request)
    if request.user.is_authenticated:
        actions.use_setup_key(key, request.user)
        return done(request, "done_operator", "market:setup")
    form = FounderForm(request.POST)
    if not form.is_valid():
        return welcome(request, form)
    person = actions.found_server(key, **form.cleaned_data)
    login(request, person, backend=BACKEND)
    return done(request, "done_operator", "market:setup")


def already_used(request: HttpRequest) -> HttpResponse:
    """Perhaps this browser used the address up itself and never saw the answer, nor its cookie: sign in, then."""
    if request.user.is_authenticated and is_operator(request.user):
        return done(request, "done_operator", "market:setup")
    if request.user.is_authenticated or not operators():
        raise Http404
    messages.info(request, say("setup_key_used"))
    return redirect(f"{reverse('account_login')}?next={reverse('market:setup')}")


@login_required
@require_POST
def try_mail(request: HttpRequest) -> HttpResponse:
    """Send the operator a mail with a code."""
    actor = actor_in(request)
    must_be_operator(actor)
    if mail_is_only_kept():
        return refuse(request, "mail_goes_nowhere", "market:setup")
    answer = actions.try_mail(actor)
    if answer:
        return refuse(request, "mail_failed", "market:setup", answer=answer)
    return done(request, "done_code_sent", "market:setup")


@login_required
@require_POST
def confirm_mail(request: HttpRequest) -> HttpResponse:
    """The code of that mail: mail works."""
    actor, form = actor_in(request), CodeForm(request.POST)
    must_be_operator(actor)
    if not form.is_valid():
        return show_setup(request, code_form=form)
    if not actions.confirm_mail(actor, form.cleaned_data["code"]):
        return refuse(request, "code_wrong", "market:setup")
    return done(request, "done_mail_works", "market:setup")


@login_required
@require_GET
def failures(request: HttpRequest) -> HttpResponse:
    """What was tried until nothing helped, and waits for somebody to decide."""
    must_be_operator(actor_in(request))
    return render(request, "market/failures.html", {"work": failed_work(), "letters": failed_letters()})


@login_required
@require_POST
def settle_failure(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Try it again, or let it go."""
    actor, again = actor_in(request), request.POST.get("then") == "again"
    settle = {"work": actions.settle_work, "letter": actions.settle_letter}.get(kind)
    if settle is None:
        raise NotFoundError

    def do() -> str:
        settle(actor, number, again=again)
        return str(number)

    write_once(request, do)
    return done(request, "done_tried_again" if again else "done_let_go", "market:failures")
