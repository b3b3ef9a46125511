"""Pages of news: the list, how and when one hears of it by mail, the feed, and the one click that stops mail."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import http_date
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand_server.letters.queries import bounce_of, confirmed_mailbox, site_address
from evenhand_server.news import actions
from evenhand_server.news.feeds import atom
from evenhand_server.news.forms import CodeForm, MailForm, initial_of
from evenhand_server.news.mails import stopped_by
from evenhand_server.news.queries import (
    IN_FEED,
    choices_of,
    count_unseen,
    has_feed,
    hours_of,
    news_of,
    person_of_feed,
)
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.models import Person
from evenhand_server.people.pages import done, refuse, write_once

PER_PAGE = 30


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What the person was told, newest first."""
    person = actor_in(request).person
    page = Paginator(news_of(person), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "count": count_unseen(person), "bounce": bounce_of(confirmed_mailbox(person))}
    return render(request, "news/list.html", context)


@login_required
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as seen."""
    actions.see(actor_in(request).person)
    return done(request, "done_news_seen", "news:list")


@login_required
@require_http_methods(["GET", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """How one hears of each kind, and when."""
    actor = actor_in(request)
    form = MailForm(request.POST or None, initial=mail_now(actor.person))
    if request.method == "GET" or not form.is_valid():
        return show_mail(request, form=form)

    def do() -> str:
        actions.choose_mail(actor, form.choices())
        actions.keep_hours(actor, **form.hours())
        return actor.person.public_id

    write_once(request, do)
    return done(request, "done_mail_chosen", "news:mail")


def mail_now(person: Person) -> dict[str, Any]:
    """What is chosen now, as the form shows it."""
    hours = hours_of(person)
    return initial_of(
        choices_of(person), daily_at=hours.daily_at, quiet_from=hours.quiet_from, quiet_until=hours.quiet_until
    )


def show_mail(request: HttpRequest, *, form: MailForm | None = None, **more: Any) -> HttpResponse:
    """The page with everything about mail and the feed."""
    person = actor_in(request).person
    address = confirmed_mailbox(person)
    context = {
        "form": form or MailForm(initial=mail_now(person)),
        "code_form": CodeForm(),
        "mailbox": address,
        "bounce": bounce_of(address),
        "feed_since": has_feed(person),
        **more,
    }
    wrong = any(one.errors for one in context.values() if isinstance(one, MailForm | CodeForm))
    return render(request, "news/mail.html", context, status=422 if wrong else 200)


@login_required
@require_POST
def try_mailbox(request: HttpRequest) -> HttpResponse:
    """Send a code to the mailbox from which mail came back."""
    actor = actor_in(request)
    if not bounce_of(confirmed_mailbox(actor.person)):
        return done(request, "done_mailbox_works", "news:mail")
    if actions.try_mailbox(actor):
        return refuse(request, "code_not_sent", "news:mail")
    return done(request, "done_code_sent", "news:mail")


@login_required
@require_POST
def confirm_mailbox(request: HttpRequest) -> HttpResponse:
    """The code of that mail: from now on mail goes there again."""
    actor, form = actor_in(request), CodeForm(request.POST)
    if not form.is_valid():
        return show_mail(request, code_form=form)
    if not actions.confirm_mailbox(actor, form.cleaned_data["code"]):
        return refuse(request, "code_wrong", "news:mail")
    return done(request, "done_mailbox_works", "news:mail")


@login_required
@never_cache
@require_POST
def feed_address(request: HttpRequest) -> HttpResponse:
    """A fresh secret address for the feed, shown this once."""
    secret = actions.make_feed(actor_in(request))
    return show_mail(request, secret=secret, feed_address=f"{site_address()}{reverse('news:feed', args=[secret])}")


@login_required
@require_POST
def end_feed(request: HttpRequest) -> HttpResponse:
    """Let the feed lead nowhere."""
    actions.end_feed(actor_in(request))
    return done(request, "done_feed_ended", "news:mail")


@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The feed for whoever knows its address; a reader that has the newest already is told so."""
    person = person_of_feed(secret)
    if person is None:
        raise Http404
    news = list(news_of(person)[:IN_FEED])
    made = atom(person, news)
    tag = f'"{made.tag}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    response = HttpResponse(made.xml, content_type="application/atom+xml; charset=utf-8", headers={"ETag": tag})
    if news:
        response["Last-Modified"] = http_date(news[0].at.timestamp())
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_cache=True)
    return response


@csrf_exempt  # A mail programme posts here on somebody's click; the signed address is the permission. Source: RFC 8058.
@never_cache
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop mail of some kinds: a page asks, and only the click, here or in the mail programme, does it."""
    found = stopped_by(token)
    if found is None:
        raise Http404
    person_id, kinds = found
    if request.method == "POST":
        actions.stop_mail(person_id, kinds)
    context = {"kinds": sorted(kinds), "is_done": request.method == "POST", "token": token}
    response = render(request, "news/stop.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
