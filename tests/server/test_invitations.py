"""Sellers who are not here: who sees what by which link, what a link never does, and what becomes of a guest."""

import logging
from datetime import timedelta

import pytest
from django.core import mail
from django.db.models import F
from django.test import Client
from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Intent
from evenhand_server.invitations.actions import invite
from evenhand_server.invitations.actions.invite import Invited
from evenhand_server.invitations.errors import (
    NobodyToInviteError,
    TooManyInvitationsError,
    TooManyInvitationsTodayError,
)
from evenhand_server.invitations.models import Guest, Invitation, Link, MailCode, Silence
from evenhand_server.invitations.queries import standings_of
from evenhand_server.invitations.tokens import token_of
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.letters.models import Bounce, Letter
from evenhand_server.letters.queries import letters_to_settle
from evenhand_server.market.errors import MailNotProvedError
from evenhand_server.people.actions import found_organisation
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Block, Person
from evenhand_server.people.queries import actor_of
from evenhand_server.storage.redaction import redacted
from evenhand_server.workers.run import work_all
from tests.deal import announce, dealing_after_matching
from tests.guests import CODE, answering, code_mailed_to, link_mailed_to, mail_arrives, mails_to, opened
from tests.market import PASSWORD, browser_of, person

pytestmark = pytest.mark.django_db(transaction=True)

SHOP = "sales@hullwheels.example"
WORDS = "hard trails"


@pytest.fixture
def intent(rosa: Actor) -> Intent:
    """Rosa's open request, on a server whose mail arrives."""
    mail_arrives(rosa)
    made = announce(rosa)
    work_all()
    return made


def asked(rosa: Actor, intent: Intent, *emails: str) -> list[Invitation]:
    """Rosa asks these mailboxes, and the mails go out."""
    made = invite.invite(rosa, intent, [Invited(email) for email in emails or (SHOP,)], source="pasted")
    work_all()
    return made


def public_path(rosa: Actor, intent: Intent) -> str:
    """The path of a link that may be passed on."""
    return f"/i/{token_of(invite.make_public_link(rosa, intent).public_id)}"


def rows_of_everything() -> dict[str, int]:
    """How much there is of all that a seller can bring about."""
    kinds = (Dealing, Entry, DueRow, Guest, MailCode, Silence, Person, Invitation, Link)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def text_of(browser: Client, address: str) -> str:
    """A page as text."""
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_a_mail_scanner_that_opens_every_link_changes_nothing(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    before = rows_of_everything()
    path = link_mailed_to(SHOP)
    scanner = Client()
    for method in (scanner.get, scanner.head):
        for address in (path, f"{path}/silence", f"{path}?utm_source=scan"):
            assert method(address, follow=True).status_code == 200
    page = opened(path)[1]
    for address in (page, f"{page}/code", f"{page}/entry", f"{page}/silence", f"{page}/own_link"):
        assert scanner.get(address).status_code in {200, 405}
    assert rows_of_everything() == before
    assert standings_of(intent)[0].state == "sent"


def test_a_forwarded_personal_link_shows_only_the_teaser(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    answering(SHOP)
    tom, page = opened(link_mailed_to(SHOP))
    seen = text_of(tom, page)
    assert "Mountain Bikes" in seen
    for held in (WORDS, "Rosa", SHOP, intent.public_id):
        assert held not in seen
    dealing = Dealing.objects.get()
    for address in (f"/dealings/{dealing.public_id}", f"/dealings/{dealing.public_id}/account"):
        assert tom.get(address).status_code in {302, 404}
    assert tom.post(f"{page}/entry", {"code": "000000"}).status_code == 422
    assert tom.post(f"/dealings/{dealing.public_id}/terms", {"outcome": "accepted"}).status_code == 302
    assert WORDS not in text_of(tom, page)


def test_the_token_is_swapped_at_once_and_stays_in_no_address(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    path = link_mailed_to(SHOP)
    answer = Client().get(path)
    assert answer.status_code == 302
    assert path.removeprefix("/i/") not in answer.url
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    cookie = answer.cookies["evenhand_guest"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert path.removeprefix("/i/") not in cookie.value
    assert Client().get(answer.url).status_code == 404


def test_a_token_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    assert redacted("GET /i/abcDEF-_123?x=1 HTTP/1.1") == "GET /i/[token]?x=1 HTTP/1.1"
    assert redacted("see http://x.example/i/abc/silence") == "see http://x.example/i/[token]/silence"
    assert redacted("GET /i/at/0123") == "GET /i/at/0123"


def test_tokens_guessed_at_speed_are_slowed_and_logged(
    rosa: Actor, intent: Intent, caplog: pytest.LogCaptureFixture, settings: pytest.FixtureRequest
) -> None:
    settings.LIMITS = ""  # type: ignore[attr-defined] # The defaults of a server.
    asked(rosa, intent)
    guesser = Client()
    with caplog.at_level(logging.WARNING, logger="evenhand.invitations"):
        answers = [guesser.get(f"/i/{token_of(f'guess {number}')}") for number in range(40)]
    assert {answer.status_code for answer in answers} == {404, 429}
    slowed = answers[-1]
    assert slowed.status_code == 429
    assert int(slowed["Retry-After"]) > 0
    assert "made to wait" in caplog.text
    assert guesser.get(link_mailed_to(SHOP)).status_code == 429


def test_who_opens_a_link_that_works_is_never_slowed(
    rosa: Actor, intent: Intent, settings: pytest.FixtureRequest
) -> None:
    settings.LIMITS = ""  # type: ignore[attr-defined]
    asked(rosa, intent)
    path = link_mailed_to(SHOP)
    assert {Client().get(path).status_code for _ in range(50)} == {302}


def test_a_code_can_be_tried_a_few_times_only(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, page = opened(link_mailed_to(SHOP))
    browser.post(f"{page}/code")
    work_all()
    right = code_mailed_to(SHOP)
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(10):
        assert browser.post(f"{page}/entry", {"code": wrong}).status_code == 422
    assert browser.post(f"{page}/entry", {"code": right}).status_code == 422
    assert not Dealing.objects.exists()
    assert Entry.objects.filter(event="code.refused").count() == 10


def test_who_has_a_forwarded_link_keeps_nobody_from_their_code(
    rosa: Actor, intent: Intent, settings: pytest.FixtureRequest
) -> None:
    settings.LIMITS = ""  # type: ignore[attr-defined]
    asked(rosa, intent)
    tom, page = opened(link_mailed_to(SHOP), Client(REMOTE_ADDR="192.0.2.7"))
    for number in range(7):
        told = tom.post(f"{page}/code", follow=True).content.decode()
        assert ("It stays good for an hour" in told) == (number >= 3)
        MailCode.objects.update(at=timezone.now() - timedelta(minutes=1))
    work_all()
    mailed = {code_in(text) for text in mails_to(SHOP)[1:]}
    assert len(mailed) == 1
    wrong = f"{(int(mailed.pop()) + 1) % 10**6:06}"
    answers = [tom.post(f"{page}/entry", {"code": wrong}).status_code for _ in range(8)]
    assert answers == [422] * 5 + [429] * 3
    _, address = answering(SHOP)
    assert Dealing.objects.get().public_id in address


def test_the_code_stands_once_no_more_mails_may_be_sent(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    tom, page = opened(link_mailed_to(SHOP))
    for _ in range(9):
        tom.post(f"{page}/code")
        MailCode.objects.update(at=F("at") - timedelta(minutes=1))
    work_all()
    assert len(mails_to(SHOP)) == 1 + 5
    shop, page = opened(link_mailed_to(SHOP))
    assert shop.post(f"{page}/entry", {"code": code_mailed_to(SHOP)}).status_code == 302


def code_in(text: str) -> str:
    """The code in a mail."""
    found = CODE.search(text)
    assert found is not None
    return found[0]


def test_a_code_works_for_one_entry_and_its_second_click(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, first = answering(SHOP)
    page = opened(link_mailed_to(SHOP), browser)[1]
    second_click = browser.post(f"{page}/entry", {"code": code_mailed_to(SHOP)})
    assert second_click.url == first
    assert "Send me the code" in text_of(Client(), link_mailed_to(SHOP))
    assert MailCode.objects.get().expires_at <= timezone.now() + timedelta(seconds=10)
    MailCode.objects.update(expires_at=timezone.now())
    assert browser.post(f"{page}/entry", {"code": code_mailed_to(SHOP)}).status_code == 422


def test_two_clicks_send_one_code(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, page = opened(link_mailed_to(SHOP))
    for _ in range(3):
        browser.post(f"{page}/code")
    work_all()
    assert len(mails_to(SHOP)) == 2


def test_one_seller_has_one_dealing_however_often_they_come(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent, SHOP, SHOP.upper())
    with pytest.raises(NobodyToInviteError):
        asked(rosa, intent, SHOP.title())
    addresses = {answering(SHOP)[1] for _ in range(2)}
    assert len(addresses) == 1
    assert Dealing.objects.count() == 1
    assert Guest.objects.count() == 1


def test_who_has_heard_in_an_account_answers_there(rosa: Actor, hull_cycles: Actor) -> None:
    mail_arrives(rosa)
    dealing = dealing_after_matching(rosa)
    asked(rosa, dealing.intent, hull_cycles.person.email)
    browser, page = opened(link_mailed_to(hull_cycles.person.email))
    browser.post(f"{page}/code")
    work_all()
    answer = browser.post(f"{page}/entry", {"code": code_mailed_to(hull_cycles.person.email)})
    assert "You have heard of this already" in answer.content.decode()
    assert Dealing.objects.count() == 1


def test_a_public_link_shows_the_teaser_and_brings_a_personal_one(rosa: Actor, intent: Intent) -> None:
    shop, page = opened(public_path(rosa, intent))
    seen = text_of(shop, page)
    assert "Mountain Bikes" in seen
    assert WORDS not in seen
    for _ in range(2):
        assert shop.post(f"{page}/own_link", {"email": SHOP, "name": "Hull Wheels"}).status_code == 302
    work_all()
    assert len(mails_to(SHOP)) == 1
    browser, address = answering(SHOP)
    assert browser.post(f"{address}/terms", {"outcome": "accepted"}).status_code == 302
    assert WORDS in text_of(browser, address)
    assert Dealing.objects.get().vendor.name == "Hull Wheels"


def test_asking_for_an_own_link_tells_nothing_of_the_mailbox(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    Silence.objects.create(mailbox=Invitation.objects.get().mailbox, at=timezone.now())
    tom, page = opened(public_path(rosa, intent))
    known, unknown = (
        tom.post(f"{page}/own_link", {"email": email, "name": "X"}, follow=True).content
        for email in (SHOP, "n@x.example")
    )
    assert known.count(b"your own link is on its way") == unknown.count(b"your own link is on its way") == 1


def test_a_link_taken_back_opens_nothing_not_even_for_who_was_in(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, address = answering(SHOP)
    assert browser.get(address).status_code == 200
    owner = browser_of(rosa)
    invitation = Invitation.objects.get()
    invite.revoke_link(rosa, invitation.link)
    assert browser.get(address).status_code == 302
    assert Client().get(link_mailed_to(SHOP)).status_code == 404
    path = public_path(rosa, intent)
    owner.post(f"/intents/{intent.public_id}/link/revocation")
    assert Client().get(path).status_code == 404
    assert public_path(rosa, intent) != path


def test_a_link_ends_with_its_time(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    path = link_mailed_to(SHOP)
    Link.objects.update(expires_at=timezone.now())
    assert Client().get(path).status_code == 404
    assert standings_of(intent)[0].state == "over"


def test_a_mailbox_that_wants_no_mail_is_left_in_peace_for_good(rosa: Actor, tom: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    path = link_mailed_to(SHOP)
    assert Client(enforce_csrf_checks=True).post(f"{path}/silence").status_code == 204
    with pytest.raises(NobodyToInviteError):
        asked(tom, announce(tom))
    assert len(mails_to(SHOP)) == 1
    letter = mail.outbox[-1]
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"{path}/silence" in letter.extra_headers["List-Unsubscribe"]


def test_mail_that_came_back_is_shown_and_not_tried_again(rosa: Actor, intent: Intent) -> None:
    Bounce.objects.create(address=SHOP, answer="550 5.1.1", at=timezone.now())
    asked(rosa, intent)
    assert not mails_to(SHOP)
    assert standings_of(intent)[0].state == "bounced"


@pytest.mark.parametrize(("state", "said"), [("unsure", "Perhaps not mailed"), ("refused", "Could not be mailed")])
def test_who_asked_sees_that_a_mail_is_perhaps_not_out_and_mails_it_again(
    state: str, said: str, rosa: Actor, rosas_browser: Client, intent: Intent
) -> None:
    asked(rosa, intent)
    Letter.objects.filter(kind="invitation").update(state=state)
    page = f"/intents/{intent.public_id}/invitations"
    assert said in text_of(rosas_browser, page)
    rosas_browser.post(f"/invitations/{Invitation.objects.get().public_id}/mail")
    assert not letters_to_settle().exists()
    work_all()
    assert standings_of(intent)[0].state == "sent"
    assert len(mails_to(SHOP)) == 2


def test_who_never_saw_the_answer_and_asks_again_for_their_own_link_gets_one_mail(rosa: Actor, intent: Intent) -> None:
    shop, page = opened(public_path(rosa, intent))
    for _ in range(2):
        shop.post(f"{page}/own_link", {"email": SHOP, "name": "Hull Wheels"})
        work_all()
    assert len(mails_to(SHOP)) == 1
    Letter.objects.update(at=timezone.now() - timedelta(minutes=2))
    shop.post(f"{page}/own_link", {"email": SHOP, "name": "Hull Wheels"})
    work_all()
    assert len(mails_to(SHOP)) == 2


def test_nobody_is_asked_before_mail_arrives_nor_more_than_500(rosa: Actor) -> None:
    made = announce(rosa)
    with pytest.raises(MailNotProvedError):
        asked(rosa, made)
    mail_arrives(rosa)
    with pytest.raises(TooManyInvitationsError):
        invite.invite(rosa, made, [Invited(f"s{number}@x.example") for number in range(501)], source="pasted")
    assert not Invitation.objects.exists()


def test_a_guest_is_a_guest_on_one_dealing_and_nowhere_else(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, address = answering(SHOP)
    assert browser.get(address).status_code == 200
    for page in ("/me", "/inbox", "/intents", "/me/tokens", "/interests/new", "/suppliers", "/relationships"):
        assert browser.get(page).status_code == 302, page
    for page in ("/me/organisations", "/me/tokens", "/interests", "/me/details"):
        assert "/account/login" in browser.post(page, {"name": "x"}).url
    other = Dealing.objects.get()
    assert browser.get(f"/dealings/{'0' * 32}").status_code == 302
    guest = Guest.objects.get()
    assert not guest.membership.person.is_active
    assert not guest.membership.person.email
    assert other.vendor_key is not None


def test_a_guest_counters_asks_edits_withdraws_and_says_no(rosa: Actor) -> None:
    mail_arrives(rosa)
    asked(rosa, announce(rosa, terms="EH-WORK-REQUEST"))
    browser, address = answering(SHOP)
    counters = browser.get(address).context["ceremony_counters"]
    browser.post(f"{address}/terms", {"outcome": "countered", "counter": counters[0].id})
    browser_of(rosa).post(f"{address}/counter", {"accepts": "yes"})
    assert WORDS in text_of(browser, address)
    browser.post(f"{address}/seller_name", {"name": "Hull Wheels Ltd"})
    assert Dealing.objects.get().vendor.name == "Hull Wheels Ltd"
    browser.post(f"{address}/messages", {"text": "How tall are you?"})
    offer = {"currency": "GBP", "description_1": "Bike", "price_1": "400", "valid_until": "2027-06-30"}
    browser.post(f"{address}/offer", offer)
    browser.post(f"{address}/offer", {**offer, "price_1": "390"})
    seen = text_of(browser_of(rosa), address)
    assert "£390" in seen
    assert "How tall are you?" in seen
    browser.post(f"{address}/offer/withdrawal")
    browser.post(f"{address}/decline", {"reason": "no_capacity"})
    assert "They have no time or stock just now." in text_of(browser_of(rosa), address)


def test_a_guest_makes_an_account_and_everything_moves_with_it(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, address = answering(SHOP)
    browser.post(f"{address}/terms", {"outcome": "accepted"})
    browser.post(f"{address}/seller_name", {"name": "Hull Wheels"})
    assert browser.post(f"{address}/account", {"username": "hw", "password": "x"}).status_code == 422
    made = browser.post(f"{address}/account", {"username": "hull_wheels", "password": PASSWORD})
    assert made.url == address
    assert browser.post(f"{address}/account", {"username": "hull_wheels", "password": PASSWORD}).url == address
    seen = text_of(browser, address)
    assert WORDS in seen
    assert "Hull Wheels" in text_of(browser, "/me")
    assert "You are here by your link" not in seen
    browser.post(f"{address}/messages", {"text": "How tall are you?"})
    assert "How tall are you?" in text_of(browser_of(rosa), address)
    browser.logout()
    assert browser.login(username="hull_wheels", password=PASSWORD)
    assert Person.objects.get(username="hull_wheels").email == SHOP


def test_an_account_that_is_there_takes_over(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    guest, address = answering(SHOP)
    guest.force_login(person("bev").person)
    assert "Put it into my account" in text_of(guest, f"{address}/account")
    guest.post(f"{address}/account")
    assert guest.get(address).status_code == 200
    other, page = opened(link_mailed_to(SHOP))
    other.post(f"{page}/code")
    work_all()
    answer = other.post(f"{page}/entry", {"code": code_mailed_to(SHOP)})
    assert "/account/login" in other.get(answer.url).url


def test_going_on_together_takes_an_account(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, address = answering(SHOP)
    browser.post(f"{address}/terms", {"outcome": "accepted"})
    offer = {"currency": "GBP", "description_1": "Bike", "price_1": "400", "valid_until": "2027-06-30"}
    browser.post(f"{address}/offer", offer)
    mine = browser_of(rosa)
    mine.post(f"{address}/offer/acceptance", {"version": "1"})
    mine.post(f"{address}/relationship", {"terms": "SD-BASE-DP", "months": "12"})
    work_all()
    assert "Going on together takes an account" in text_of(browser, address)
    refused = browser.post(f"{address}/terms", {"outcome": "accepted", "stage": "relationship"})
    assert refused.status_code == 403


def test_tom_sees_nothing_of_rosas_invitations(rosa: Actor, tom: Actor, intent: Intent) -> None:
    made = asked(rosa, intent)
    public_path(rosa, intent)
    theirs = browser_of(tom)
    base = f"/intents/{intent.public_id}"
    for address in (f"{base}/invitations", f"{base}/link.svg"):
        assert theirs.get(address).status_code == 404
    for address in (f"{base}/invitations", f"{base}/link", f"{base}/link/revocation"):
        assert theirs.post(address, {"addresses": SHOP}).status_code == 404
    for act in ("revocation", "mail"):
        assert theirs.post(f"/invitations/{made[0].public_id}/{act}").status_code == 404


def test_the_page_of_who_asks_shows_how_it_stands(rosa: Actor, intent: Intent) -> None:
    browser = browser_of(rosa)
    page = f"/intents/{intent.public_id}/invitations"
    assert browser.post(page, {"addresses": "nobody"}).status_code == 422
    seen = browser.post(page, {"addresses": f"Hull Wheels <{SHOP}>\nnobody", "preview": "1"}).content.decode()
    assert "Ask 1 seller" in seen
    assert "“nobody” is no e-mail address" in seen
    browser.post(page, {"addresses": f"Hull Wheels <{SHOP}>"})
    work_all()
    assert "Hull Wheels" in text_of(browser, page)
    browser.post(f"{page[:-12]}/link")
    answer = browser.get(f"{page[:-12]}/link.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content
    assert b"script" not in answer.content
    invitation = Invitation.objects.get()
    browser.post(f"/invitations/{invitation.public_id}/mail")
    work_all()
    assert len(mails_to(SHOP)) == 2
    browser.post(f"/invitations/{invitation.public_id}/revocation")
    assert "Taken back" in text_of(browser, page)


def test_a_newcomer_asks_few_sellers_a_day_for_whatever_party(
    rosa: Actor, intent: Intent, settings: pytest.FixtureRequest
) -> None:
    settings.INVITATIONS_A_DAY = 20  # type: ignore[attr-defined]
    asked(rosa, intent, *(f"s{number}@x.example" for number in range(20)))
    school = actor_of(rosa.person, found_organisation(rosa, name="Humber School", country="GB").public_id)
    for asker, request in ((rosa, intent), (school, announce(school))):
        with pytest.raises(TooManyInvitationsTodayError):
            asked(asker, request, "one@more.example")
    assert Invitation.objects.count() == 20
    Invitation.objects.update(at=timezone.now() - timedelta(days=2))
    asked(rosa, intent, "one@more.example")


def test_a_guest_who_blocked_somebody_is_asked_by_them_no_more(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    answering(SHOP)
    Block.objects.create(
        party=Guest.objects.get().party, blocked=rosa.party, dealing=Dealing.objects.get(), at=timezone.now()
    )
    with pytest.raises(NobodyToInviteError):
        asked(rosa, announce(rosa))


def test_a_guest_blocks_and_reports_as_anybody_does(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    browser, address = answering(SHOP)
    what = browser.get(f"{address}/reports").context["form"].fields["what"].choices[0][0]
    assert browser.post(f"{address}/reports", {"what": what, "reason": "spam"}).status_code == 302
    assert "Thank you." in text_of(browser, address)
    assert browser.post(f"{address}/block").url == address
    assert browser.get(address).status_code == 200
    with pytest.raises(NobodyToInviteError):
        asked(rosa, announce(rosa))


def test_who_comes_back_at_once_on_another_device_gets_a_new_code(rosa: Actor, intent: Intent) -> None:
    asked(rosa, intent)
    _, first = answering(SHOP)
    assert len(mails_to(SHOP)) == 2
    _, second = answering(SHOP)
    assert second == first
    assert len(mails_to(SHOP)) == 3
