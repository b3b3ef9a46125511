"""The first start: a one-time address makes an operator, who settles the market and shows that mail arrives."""

import re
from html import unescape

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from evenhand_server.journal.models import DueRow
from evenhand_server.letters.models import Letter
from evenhand_server.market import dead_letters, first_start, name_operator
from evenhand_server.market.actions import make_setup_key, settle
from evenhand_server.market.actions import name_operator as let_look_after
from evenhand_server.market.queries import is_operator, mail_works, not_traded, the_market
from evenhand_server.messages import say
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.workers.post import WRITE
from tests.deal import announce
from tests.market import person
from tests.programs import Program

pytestmark = pytest.mark.django_db

ACCOUNT = {"username": "rosa", "email": "rosa@example.org", "password": "a long walk by the sea"}
MARKET = {
    "name": "Hull and around",
    "operator": "Rosa Lindqvist",
    "contact": "rosa@example.org",
    "languages": ["en", "cy"],
    "countries": "gb, IE",
    "places": "Hull\nLeeds",
    "kinds_not_traded": "Tobacco Products",
    "words_not_traded": "ivory",
    "who_may": "invited",
}


def founder() -> Client:
    """A browser of somebody who came by the one-time address and made the first account."""
    client = Client()
    assert client.get(f"/setup/{make_setup_key()}").status_code == 302
    assert client.post("/setup/operators", ACCOUNT).status_code == 302
    return client


def test_the_one_time_address_makes_an_operator_and_is_used_up() -> None:
    key = make_setup_key()
    client = Client()
    answer = client.get(f"/setup/{key}")
    assert answer["Location"] == "/setup"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not Person.objects.exists()
    assert "Make my account" in client.get("/setup").content.decode()
    assert client.post("/setup/operators", ACCOUNT).status_code == 302
    assert is_operator(Person.objects.get())
    assert "This market" in client.get("/setup").content.decode()
    assert Client().get(f"/setup/{key}").status_code == 404


def test_who_never_saw_the_answer_is_led_to_sign_in_and_not_to_nothing(tom: Actor) -> None:
    client = Client()
    client.get(f"/setup/{make_setup_key()}")
    assert client.post("/setup/operators", {}).status_code == 422
    lost = Client()
    lost.cookies.update(client.cookies)
    assert lost.post("/setup/operators", ACCOUNT).status_code == 302
    again = client.post("/setup/operators", ACCOUNT)
    assert again["Location"] == "/account/login/?next=/setup"
    assert "used up" in client.get(again["Location"]).content.decode()
    assert Person.objects.filter(username=ACCOUNT["username"]).count() == 1
    client.force_login(tom.person)
    assert client.post("/setup/operators", ACCOUNT).status_code == 404


def test_a_new_address_ends_the_old_one() -> None:
    old = make_setup_key()
    make_setup_key()
    assert Client().get(f"/setup/{old}").status_code == 404


def test_who_has_an_account_already_looks_after_the_server_with_it(tom: Actor, toms_browser: Client) -> None:
    toms_browser.get(f"/setup/{make_setup_key()}")
    assert "Yes, I look after it" in toms_browser.get("/setup").content.decode()
    toms_browser.post("/setup/operators", {})
    assert is_operator(tom.person)


@pytest.mark.parametrize(
    ("field", "value"), [("username", "x"), ("username", "tom"), ("email", "nowhere"), ("password", "short")]
)
def test_an_account_that_will_not_do_is_asked_for_again(field: str, value: str, tom: Actor) -> None:
    client = Client()
    client.get(f"/setup/{make_setup_key()}")
    assert client.post("/setup/operators", {**ACCOUNT, field: value}).status_code == 422
    assert not Person.objects.filter(username="rosa").exists()


def test_nobody_else_finds_the_setup_page(toms_browser: Client) -> None:
    for client in (Client(), toms_browser):
        assert client.get("/setup").status_code == 404
        assert client.get("/setup/no-such-key").status_code == 404
        assert client.post("/setup", MARKET).status_code == 404
        assert client.post("/setup/operators", ACCOUNT).status_code == 404
    for path in ("/setup/mail", "/setup/mail/code", "/setup/failures/work/1"):
        assert toms_browser.post(path, {"code": "1"}).status_code == 404
    assert toms_browser.get("/setup/failures").status_code == 404


def test_what_is_settled_holds_for_everybody_and_stands_on_the_about_page() -> None:
    client = founder()
    assert client.post("/setup", MARKET).status_code == 302
    market = the_market()
    assert market is not None
    assert (market.countries, market.places) == (["GB", "IE"], ["Hull", "Leeds"])
    assert not_traded().kinds == {"tobacco_products"}
    about = Client().get("/about").content.decode()
    for words in ("Hull and around", "Rosa Lindqvist", "Tobacco Products", "ivory", "Only who was invited"):
        assert words in about
    assert 'value="GB, IE"' in client.get("/setup").content.decode()


def test_strangers_cannot_sign_up_where_only_the_invited_may() -> None:
    assert "Make my account" in Client().get("/account/signup/").content.decode()
    founder().post("/setup", MARKET)
    assert "No new accounts" in Client().get("/account/signup/").content.decode()
    sent = {"username": "tom", "email": "tom@example.org", "password1": "a long walk by the sea"}
    Client().post("/account/signup/", sent)
    assert not Person.objects.filter(username="tom").exists()


def test_whether_strangers_may_come_is_never_chosen_for_the_operator() -> None:
    client = founder()
    assert "checked" not in re.sub(r'type="checkbox"[^>]*', "", client.get("/setup").content.decode())
    assert client.post("/setup", {**MARKET, "who_may": ""}).status_code == 422
    assert the_market() is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("countries", "GB, QQ"), ("places", "Nowhere-on-Sea-of-Nothing"), ("kinds_not_traded", "Dreams"), ("name", "")],
)
def test_what_nobody_knows_is_said_so(field: str, value: str) -> None:
    assert founder().post("/setup", {**MARKET, field: value}).status_code == 422


def test_the_test_mail_proves_the_mail_and_the_operators_own_mailbox() -> None:
    client = founder()
    assert not EmailAddress.objects.get().verified
    client.post("/setup/mail")
    assert client.post("/setup/mail/code", {"code": "no"}, follow=True).status_code == 200
    assert not mail_works()
    code = re.findall(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)[0]
    assert "Mail arrives" in client.post("/setup/mail/code", {"code": code}, follow=True).content.decode()
    assert mail_works()
    assert EmailAddress.objects.get().verified


def test_mail_that_is_only_kept_in_a_folder_proves_nothing(settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    client = founder()
    assert "EVENHAND_MAIL_URL" in client.get("/setup").content.decode()
    assert "only kept in a folder" in client.post("/setup/mail", follow=True).content.decode()
    assert not mail_works()


def test_what_the_mail_server_said_is_shown(settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "ConnectionRefusedError" in founder().post("/setup/mail", follow=True).content.decode()


def test_as_long_as_one_buyer_alone_asks_the_about_page_says_what_that_means(rosa: Actor) -> None:
    assert "Nobody has asked" in Client().get("/about").content.decode()
    announce(rosa)
    assert "one buyer alone uses this server" in Client().get("/about").content.decode()
    announce(person("maren"))
    assert "one buyer alone" not in Client().get("/about").content.decode()


def test_programs_read_what_is_settled_without_a_token(rosa: Actor) -> None:
    assert Program().get("/market")["strangers_may_register"] is True
    settle_as(rosa)
    shown = Program().get("/market")
    assert (shown["name"], shown["kinds_not_traded"]) == ("Hull and around", ["tobacco_products"])


def settle_as(actor: Actor) -> None:
    """Settle the market without the pages."""
    let_look_after(actor.person)
    facts = {**MARKET, "countries": ["GB"], "places": [], "kinds_not_traded": ["tobacco_products"]}
    del facts["who_may"]
    settle(actor, {**facts, "words_not_traded": [], "strangers_may_register": False})


def test_what_failed_is_shown_to_operators_and_settled_by_them(rosa: Actor, rosas_browser: Client) -> None:
    let_look_after(rosa.person)
    assert "Nothing failed" in rosas_browser.get("/setup/failures").content.decode()
    dead = {"target": 1, "attempts": 8, "is_dead": True, "last_error": "DoesNotExist"}
    first, second = (DueRow.objects.create(step="match_intent", next_at="2026-01-01T00:00Z", **dead) for _ in range(2))
    letter = Letter.objects.create(
        kind="news", state="refused", answer="554 5.7.1", at="2026-01-01T00:00Z", due_at="2026-01-01T00:00Z"
    )
    page = rosas_browser.get("/setup/failures").content.decode()
    assert "tried 8 times" in page
    assert "554 5.7.1" in page
    assert "3 things failed" in rosas_browser.get("/setup").content.decode()
    rosas_browser.post(f"/setup/failures/work/{first.pk}", {"then": "again"})
    rosas_browser.post(f"/setup/failures/work/{second.pk}", {"then": "let_go"})
    rosas_browser.post(f"/setup/failures/letter/{letter.pk}", {"then": "let_go"})
    assert rosas_browser.post("/setup/failures/work/0", {"then": "again"}).status_code == 404
    first.refresh_from_db()
    letter.refresh_from_db()
    assert (first.is_dead, first.attempts) == (False, 0)
    assert not DueRow.objects.filter(pk=second.pk).exists()
    assert letter.state == "dropped"


def test_at_the_machine_operators_are_named_and_failures_settled(
    rosa: Actor, tom: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    assert name_operator.main([]) == 0
    assert name_operator.main(["rosa"]) == 0
    assert name_operator.main(["--dismiss", "rosa"]) == 1
    assert name_operator.main(["nobody"]) == 1
    assert capsys.readouterr().out == "Nobody looks after this server yet.\nrosa\n"
    assert first_start.main([first_start.IF_NOBODY]) == 0
    assert capsys.readouterr().out == ""
    assert first_start.main([]) == 0
    assert Client().get(re.sub(r"^http://[^/]+", "", capsys.readouterr().out.strip())).status_code == 302


def test_at_the_machine_failures_are_listed_tried_again_and_let_go(capsys: pytest.CaptureFixture[str]) -> None:
    assert dead_letters.main([]) == 0
    dead = {"target": 1, "attempts": 8, "is_dead": True, "last_error": "DoesNotExist"}
    row = DueRow.objects.create(step="match_intent", next_at="2026-01-01T00:00Z", **dead)
    assert dead_letters.main([]) == 0
    assert f"work-{row.pk}\tFind sellers for a request\ttried 8 times\tDoesNotExist" in capsys.readouterr().out
    assert dead_letters.main(["--again", "work-0"]) == 1
    assert dead_letters.main(["--again", f"work-{row.pk}"]) == 0
    assert not DueRow.objects.get().is_dead
    DueRow.objects.update(is_dead=True)
    assert dead_letters.main(["--drop"]) == 0
    assert not DueRow.objects.exists()


@pytest.mark.parametrize("kind", sorted(WRITE))
def test_a_mail_that_is_perhaps_out_has_a_name_and_a_true_sentence(
    kind: str, rosa: Actor, rosas_browser: Client
) -> None:
    let_look_after(rosa.person)
    Letter.objects.create(kind=kind, state="unsure", at="2026-01-01T00:00Z", due_at="2026-01-01T00:00Z")
    page = unescape(rosas_browser.get("/setup/failures").content.decode())
    assert say(f"letter_{kind}") in page
    assert "It may have gone out before a crash, or not" in page
    assert ("daily mail" in say(f"letter_unsure_{kind}")) == (kind in {"news", "digest"})
