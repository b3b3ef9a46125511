"""One buyer alone with three sellers who are not here: all answer by link, one is accepted, the others get a no."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Intent
from evenhand_server.invitations.models import Invitation
from evenhand_server.people.actor import Actor
from evenhand_server.terms.models import Record
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.guests import answering, link_mailed_to, mail_arrives, mails_to
from tests.market import SENTENCE

pytestmark = pytest.mark.django_db(transaction=True)

SELLERS = (
    b"e-mail,name,note\nhull@example.net,Hull Wheels,kind\n"
    b"bev@example.net,Beverley Bikes,\nyork@example.net,York Rides,\n"
)
WORDS = "hard trails"


def offer(price: str) -> dict[str, str]:
    """An offer as a form sends it."""
    return {
        "currency": "GBP",
        "description_1": "Trailhead 29er",
        "quantity_1": "1",
        "price_1": price,
        "delivery_days": "5",
        "valid_until": "2027-06-30",
    }


def asked(browser: Client, intent: Intent) -> None:
    """Upload the list, look at it, keep it, and ask everybody in it."""
    looked = browser.post("/suppliers", {"name": "Bike shops", "file": SimpleUploadedFile("bikes.csv", SELLERS)})
    assert "hull@example.net" in text_of(browser, looked.url)
    kept = browser.post(looked.url, {"idempotency_key": "k"})
    list_id = kept.url.rsplit("/", 1)[1]
    page = f"/intents/{intent.public_id}/invitations"
    shown = browser.post(page, {"suppliers": list_id, "preview": "1"}).content.decode()
    assert "Ask 3 sellers" in shown
    assert not Invitation.objects.exists()
    browser.post(page, {"suppliers": list_id, "idempotency_key": "k"})
    browser.post(page, {"suppliers": list_id, "idempotency_key": "k"})
    assert Invitation.objects.count() == 3


def text_of(browser: Client, address: str) -> str:
    """A page as text."""
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_three_sellers_answer_by_link_and_one_is_accepted(rosa: Actor, rosas_browser: Client) -> None:
    mail_arrives(rosa)
    intent = announce(rosa)
    work_all()
    asked(rosas_browser, intent)
    work_all()

    shops = {}
    for number, shop in enumerate(("hull", "bev", "york")):
        browser, page = answering(f"{shop}@example.net")
        assert WORDS not in text_of(browser, page)
        browser.post(f"{page}/terms", {"outcome": "accepted"})
        assert WORDS in text_of(browser, page)
        assert browser.post(f"{page}/offer", offer(f"{400 + number}")).status_code == 302
        shops[shop] = browser, page

    hull, hulls_page = shops["hull"]
    hull.post(f"{hulls_page}/messages", {"text": "How tall are you?"})
    comparison = text_of(rosas_browser, f"/intents/{intent.public_id}/compare")
    for name, price in (("Hull Wheels", "£400"), ("Beverley Bikes", "£401"), ("York Rides", "£402")):
        assert name in comparison
        assert price in comparison

    won = Dealing.objects.get(vendor__name="Hull Wheels")
    rosas_browser.post(f"/dealings/{won.public_id}/offer/acceptance", {"version": "1"})
    work_all()
    assert "They said yes to your offer" in text_of(hull, hulls_page)
    for shop in ("bev", "york"):
        browser, page = shops[shop]
        assert "They went with another seller. Thank you for answering." in text_of(browser, page)
        again, page = answering(f"{shop}@example.net")
        assert "They went with another seller" in text_of(again, page)
    for text in (text for shop in shops for text in mails_to(f"{shop}@example.net")):
        for held in (WORDS, "400", "401", "402", "Rosa", "Bike", "Wheels", "Rides", intent.public_id, SENTENCE):
            assert held not in text


def test_signatures_of_a_guest_say_that_they_came_by_a_link(rosa: Actor, rosas_browser: Client) -> None:
    mail_arrives(rosa)
    intent = announce(rosa)
    asked(rosas_browser, intent)
    work_all()
    browser, page = answering("hull@example.net")
    browser.post(f"{page}/terms", {"outcome": "accepted"})
    custody = {one["custody"] for one in Record.objects.get().signatures}
    assert custody == {"server", "one_time_link"}
    assert "by a one-time link" in text_of(browser, page)
    assert browser.get(f"{page}/bundle").status_code == 200


def test_the_link_in_the_mail_never_changes_and_is_nowhere_in_the_database(rosa: Actor, rosas_browser: Client) -> None:
    mail_arrives(rosa)
    intent = announce(rosa)
    asked(rosas_browser, intent)
    work_all()
    token = link_mailed_to("hull@example.net").removeprefix("/i/")
    link = Invitation.objects.get(email="hull@example.net").link
    assert token not in str(vars(link))
