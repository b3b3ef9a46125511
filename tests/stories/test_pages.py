"""The same deal through the pages, as a browser without scripts sends them."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.urls import get_resolver

from evenhand.relationships.bundle import unpack
from evenhand.relationships.verify import verify
from evenhand_server.account.actions import erase_person
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Draft, Intent
from evenhand_server.journal.models import Entry
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.models import Relationship
from evenhand_server.terms.models import Disclosure, Record
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, dealing_after_matching, offered
from tests.market import PASSWORD, SENTENCE, browser_of, sells_mountain_bikes, shop

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = {
    "name": "Rosalind Quillfeather",
    "email": "quillfeather@canary.example",
    "phone": "01482 555 0142",
    "street": "7 Zephyrine Row",
}


SECRETS = (*CANARY.values(), "Quillfeather", "quillfeather77", "Zephyrine", "555 0142")


def drafted(browser: Client, sentence: str = SENTENCE) -> str:
    """Type a sentence into the box; the address of the draft."""
    answer = browser.post("/intents/drafts", {"text": sentence})
    assert answer.status_code == 302
    return str(answer.url)


def fields_of(browser: Client, address: str) -> dict[str, str]:
    """The values of the forms on a page, as a browser would send them again."""
    context = browser.get(address).context
    data: dict[str, str] = {}
    for form in (context["wish_form"], context["choices_form"]):
        data |= {field.name: field.value() for field in form if field.value() not in (None, "", [])}
    return data


def published(browser: Client, sentence: str = SENTENCE) -> Intent:
    """From the box to the published intent, as read."""
    address = drafted(browser, sentence)
    browser.post(address, {**fields_of(browser, address), "preview": "1"})
    answer = browser.post(f"{address}/publication", {"idempotency_key": "k1"})
    assert answer.status_code == 302
    assert "drafts" not in answer.url
    work_all()
    return Intent.objects.latest("id")


def test_rosa_publishes_hull_cycles_answers_and_both_sign(
    rosas_browser: Client, shops_browser: Client, rosa: Actor
) -> None:
    keep_details(rosa, {"phone": "01482 555 0142"})
    intent = published(rosas_browser)
    dealing = Dealing.objects.get(intent=intent)
    page = f"/dealings/{dealing.public_id}"

    assert "hard trails" not in text_of(shops_browser, page)
    shops_browser.post(f"{page}/terms", {"outcome": "accepted"})
    assert "hard trails" in text_of(shops_browser, page)

    shops_browser.post(f"{page}/messages", {"text": "How tall are you?"})
    question = dealing.messages.get()
    rosas_browser.post(f"{page}/messages", {"text": "One metre ninety", "answers": question.public_id})
    assert "One metre ninety" in text_of(shops_browser, page)

    offer = {
        "currency": "GBP",
        "description_1": "Trailhead 29er",
        "quantity_1": "1",
        "price_1": "449.50",
        "delivery_cost": "10",
        "delivery_days": "5",
        "note": "Come and try it.",
        "payment": "By card on delivery.",
        "contact": "Ask for the workshop.",
        "valid_until": "2027-06-30",
    }
    shops_browser.post(f"{page}/offer", offer)
    assert "£459.50" in text_of(rosas_browser, f"/intents/{intent.public_id}/compare")
    told = text_of(rosas_browser, f"{page}/offer/acceptance")
    assert all(
        words in told for words in ("£459.50", "Come and try it.", "By card on delivery.", "Ask for the workshop.")
    )
    rosas_browser.post(f"{page}/offer/acceptance", {"version": "1"})
    work_all()
    assert list(Record.objects.values_list("kind", flat=True)) == ["terms", "offer"]

    rosas_browser.post(f"{page}/disclosures", {"field": "phone"})
    assert "01482 555 0142" in text_of(shops_browser, page)
    given = Disclosure.objects.get()
    rosas_browser.post(f"{page}/disclosures/{given.public_id}/revocation")
    assert "01482 555 0142" not in text_of(shops_browser, page)

    rosas_browser.post(f"{page}/relationship", {"terms": "SD-BASE-DP", "months": "12"})
    shops_browser.post(f"{page}/terms", {"outcome": "accepted", "stage": "relationship"})
    work_all()
    found = Relationship.objects.get()
    for browser in (rosas_browser, shops_browser):
        assert browser.get(f"/relationships/{found.public_id}").status_code == 200
        assert verify(browser.get(f"{page}/bundle").content).is_valid


def test_nothing_happens_twice_on_a_double_click(rosas_browser: Client, rosa: Actor) -> None:
    address = drafted(rosas_browser)
    first = rosas_browser.post(f"{address}/publication", {"idempotency_key": "k"})
    second = rosas_browser.post(f"{address}/publication", {"idempotency_key": "k"})
    assert first.url == second.url
    assert Intent.objects.count() == 1


def test_a_stranger_drafts_without_an_account_and_publishes_after_signing_in(rosa: Actor) -> None:
    browser = Client()
    address = drafted(browser)
    assert browser.get(f"{address}/preview").status_code == 200
    refused = browser.post(f"{address}/publication")
    assert "/account/login" in refused.url
    browser.force_login(rosa.person)
    assert browser.get(address).status_code == 200
    assert Draft.objects.get().person == rosa.person
    assert browser.post(f"{address}/publication").status_code == 302
    assert Intent.objects.get().party == rosa.party


def test_a_draft_is_nobody_elses(rosas_browser: Client, toms_browser: Client) -> None:
    address = drafted(rosas_browser)
    assert toms_browser.get(address).status_code == 404
    assert Client().get(address).status_code == 404


def test_a_wrong_form_comes_back_filled_in_with_the_sentence_beside_the_field(rosas_browser: Client) -> None:
    address = drafted(rosas_browser)
    wrong = {**fields_of(rosas_browser, address), "place": "Nowhereville-on-Sea", "budget_most": "lots"}
    answer = rosas_browser.post(address, wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Nowhereville-on-Sea" in page
    assert "know this place" in page
    assert "Write an amount" in page


def test_a_question_is_answered_by_a_click(rosas_browser: Client) -> None:
    address = drafted(rosas_browser)
    question = rosas_browser.get(address).context["questions"][0]
    rosas_browser.post(f"{address}/answers", {"field": question.field, "choice": question.choices[0][0]})
    asked = [one.field for one in rosas_browser.get(address).context["questions"]]
    assert question.field not in asked


def test_other_words_begin_again(rosas_browser: Client) -> None:
    address = drafted(rosas_browser)
    rosas_browser.post(f"{address}/words", {"text": "A plumber in Leeds"})
    assert "plumber" in text_of(rosas_browser, address).lower()
    assert rosas_browser.post(f"{address}/words", {"text": "  "}).status_code == 302
    rosas_browser.post(f"{address}/removal")
    assert rosas_browser.get(address).status_code == 404


@pytest.mark.parametrize(
    "words",
    [
        "🚲" * 50,
        "<script>alert(1)</script> bike",
        "x" * 4000,
        "\x01\x02 bike \u202e",
        "自行车",
        "دراجة",
        "'; DROP TABLE",
        "a\nb",
    ],
)
def test_human_words_never_break_a_page(words: str) -> None:
    browser = Client()
    address = drafted(browser, words)
    page = browser.get(address)
    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()


def test_too_many_words_are_refused_with_a_sentence() -> None:
    answer = Client().post("/intents/drafts", {"text": "bike " * 2000})
    assert answer.status_code == 422
    assert "4000" in answer.content.decode() or "4,000" in answer.content.decode()
    assert Client().post("/intents/drafts", {"text": "  "}).status_code == 422


def test_what_vendors_get_holds_nothing_of_who_rosa_is(
    rosa: Actor, hull_cycles: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    person = rosa.person
    person.name, person.email, person.username = CANARY["name"], CANARY["email"], "quillfeather77"
    person.save()
    rosa.party.name = CANARY["name"]
    rosa.party.save()
    keep_details(rosa, CANARY)
    mine, theirs = browser_of(rosa), browser_of(hull_cycles)
    sentence = f"{SENTENCE} I am {CANARY['name']}, {CANARY['email']}, {CANARY['phone']}, {CANARY['street']}"
    intent = published(mine, sentence)
    dealing = Dealing.objects.get(intent=intent)
    page = f"/dealings/{dealing.public_id}"
    theirs.post(f"{page}/terms", {"outcome": "accepted"})
    offered(hull_cycles, Dealing.objects.select_related("intent").get(pk=dealing.pk))
    mine.post(f"{page}/offer/acceptance", {"version": "1"})
    work_all()

    seen = [text_of(theirs, address) for address in (page, "/inbox", "/relationships", "/me/journal", f"{page}/offer")]
    seen += [letter.subject + letter.body for letter in mail.outbox if letter.to != [CANARY["email"]]]
    bundle = unpack(theirs.get(f"{page}/bundle").content)
    seen += [bundle.page, str(bundle.about), *(text.words for text in bundle.texts.values()), str(bundle.records)]
    for text in seen:
        assert not [word for word in (*SECRETS, intent.public_id) if word in text]
    for text in (caplog.text, str(list(Entry.objects.values())), str(list(Record.objects.values("data")))):
        assert not [word for word in SECRETS if word in text]


def every_page() -> Iterator[str]:
    """The patterns of all pages that can be asked for."""
    for pattern in get_resolver().url_patterns:
        for inner in getattr(pattern, "url_patterns", [pattern]):
            yield str(inner.pattern)


def test_tom_gets_the_same_404_for_what_exists_and_what_does_not(
    rosa: Actor, hull_cycles: Actor, toms_browser: Client
) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    relationship = "0" * 32
    existing = {"intent_id": dealing.intent.public_id, "dealing_id": dealing.public_id, "relationship_id": relationship}
    tried = 0
    for pattern in every_page():
        names = re.findall(r"<slug:(\w+)>", pattern)
        if not names or not set(names) <= {*existing, "disclosure_id"} or "terms_id" in names:
            continue
        real, unreal = pattern, pattern
        for name in names:
            real = real.replace(f"<slug:{name}>", existing.get(name, "1" * 32))
            unreal = unreal.replace(f"<slug:{name}>", "2" * 32)
        for method in (toms_browser.get, toms_browser.post):
            answers = [method(f"/{address}") for address in (real, unreal)]
            assert answers[0].status_code == answers[1].status_code
            assert answers[0].status_code in {404, 405, 302}
            if answers[0].status_code == 302:  # A form that is refused before anything is looked up.
                assert answers[0].url.replace(existing["dealing_id"], "") == answers[1].url.replace("2" * 32, "")
            tried += 1
    assert tried >= 20


def test_pages_of_a_signed_in_person_all_open(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    for actor in (rosa, hull_cycles):
        browser = browser_of(actor)
        for address in PAGES:
            assert browser.get(address).status_code in {200, 302}, address
        assert browser.get(f"/dealings/{dealing.public_id}").status_code == 200


PAGES = (
    "/",
    "/intents",
    "/inbox",
    "/interests",
    "/terms",
    "/terms/PDC-INTENT",
    "/relationships",
    "/about",
    "/me",
    "/me/details",
    "/me/organisations",
    "/me/members",
    "/me/tokens",
    "/me/purpose",
    "/me/journal",
    "/me/export",
    "/me/erase",
    "/me/disclosures",
    "/account/email/",
    "/account/password/change/",
)


def test_who_is_not_signed_in_is_asked_to(rosa: Actor) -> None:
    for address in PAGES:
        answer = Client().get(address)
        is_open = address in {"/", "/terms", "/terms/PDC-INTENT", "/about"}
        assert answer.status_code == (200 if is_open else 302), address


def test_a_seller_says_in_words_what_it_answers(rosa: Actor) -> None:
    browser = browser_of(rosa)
    read = browser.post(
        "/interests", {"text": "We sell and repair mountain bikes within 30 km of Hull, £250 to £2,000"}
    )
    form = read.context["form"]
    data = {field.name: field.value() for field in form if field.value() not in (None, "", [])}
    assert browser.post("/interests/new", {**data, "idempotency_key": "k"}).status_code == 302
    rows = browser.get("/interests").context["interests"]
    assert len(rows) == 1
    address = f"/interests/{rows[0][0].interest.public_id}"
    assert browser.post(address, {**data, "highest": "1"}).status_code == 422
    assert browser.post(address, {**data, "highest": "3000"}).status_code == 302
    assert browser.post(f"{address}/retirement").status_code == 302
    assert browser.get(address).status_code == 404
    assert browser.post("/interests/standing_terms", {"terms": ["PDC-INTENT", "MADE-UP"]}).status_code == 302
    assert browser.get("/interests").context["standing_terms"] == {"PDC-INTENT"}


def test_an_organisation_is_founded_and_acted_for(rosa: Actor, tom: Actor) -> None:
    browser = browser_of(rosa)
    browser.post("/me/organisations", {"name": "Humber School", "country": "GB"})
    assert browser.get("/me").context["actor"].party.name == "Humber School"
    assert browser.post("/me/members", {"username": "nobody", "role": "buyer"}).status_code == 422
    browser.post("/me/members", {"username": "tom", "role": "buyer"})
    rows = list(browser.get("/me/members").context["rows"])
    assert [row.role for row in rows] == ["steward", "buyer"]
    browser.post(f"/me/members/{rows[1].public_id}/departure")
    browser.post("/me/acting_for", {"membership": rosa.membership.public_id, "next": "https://elsewhere.example/"})
    assert browser.get("/me").context["actor"].party == rosa.party
    assert browser.post("/me/acting_for", {"membership": "0" * 32}).status_code == 404
    assert browser.get("/me/members").status_code == 302


def test_details_evidence_and_tokens_are_kept_and_removed(rosa: Actor) -> None:
    browser = browser_of(rosa)
    browser.post("/me/details", {"phone": "0199"})
    assert browser.post("/me/details", {"email": "no mailbox"}).status_code == 422
    browser.post("/me/person", {"name": "Rosa", "country": "gb", "time_zone": "Europe/London"})
    assert (
        browser.post("/me/person", {"name": "Rosa", "country": "1!", "time_zone": "Europe/London"}).status_code == 422
    )
    evidence = {"value": "fair_trade", "issuer": "Fair Trade Alliance", "valid_until": "2027-06-30"}
    browser.post("/me/purpose", evidence)
    assert browser.post("/me/purpose", {**evidence, "valid_until": "2001-01-01"}).status_code == 422
    shown = browser.get("/me/purpose").context["evidence"][0]
    browser.post(f"/me/purpose/{shown.public_id}/removal")
    assert browser.post(f"/me/purpose/{shown.public_id}/removal").status_code == 404
    made = browser.post("/me/tokens", {"name": "till"})
    assert made.context["secret"].startswith("evenhand_")
    browser.post(f"/me/tokens/{made.context['tokens'][0].public_id}/revocation")
    assert not browser.get("/me/tokens").context["tokens"]


def test_rosa_can_take_everything_and_be_forgotten(rosa: Actor, hull_cycles: Actor) -> None:
    accepted(rosa, hull_cycles)
    rosa.person.set_password(PASSWORD)
    rosa.person.save()
    browser = browser_of(rosa)
    assert "hard trails" in browser.get("/me/export").content.decode()
    assert browser.post("/me/erase", {"sure": "erase", "password": "wrong"}).status_code == 422
    assert browser.post("/me/erase", {"sure": "no", "password": PASSWORD}).status_code == 422
    assert browser.post("/me/erase", {"sure": "Erase", "password": PASSWORD}).url == "/erased"
    assert Client().get("/erased").status_code == 200
    assert browser.get("/me").status_code == 302
    rosa.person.refresh_from_db()
    assert (rosa.person.name, rosa.person.email, rosa.person.is_active) == ("", "", False)


def test_a_no_and_a_withdrawal_from_the_pages(rosa: Actor, hull_cycles: Actor) -> None:
    shop("slow", "Slow Wheels", sells_mountain_bikes())
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    offered(hull_cycles, dealing)
    page, shops = f"/dealings/{dealing.public_id}", browser_of(hull_cycles)
    assert shops.get(f"{page}/offer").status_code == 200
    assert shops.post(f"{page}/offer", {"currency": "GBP"}).status_code == 422
    too_much = {"currency": "GBP", "description_1": "Moon", "quantity_1": "999999999", "price_1": "99999999"}
    assert shops.post(f"{page}/offer", {**too_much, "valid_until": "2027-06-30"}).status_code == 422
    shops.post(f"{page}/offer/withdrawal")
    assert shops.post(f"{page}/decline", {"reason": "because"}).status_code == 302
    shops.post(f"{page}/decline", {"reason": "no_capacity"})
    assert shops.get(f"{page}/offer").status_code == 302
    browser = browser_of(rosa)
    browser.post(f"/intents/{dealing.intent.public_id}/withdrawal")
    assert browser.post(f"/intents/{dealing.intent.public_id}/withdrawal").status_code in {302, 409}
    assert browser.get(f"/intents/{dealing.intent.public_id}").status_code == 200


def text_of(browser: Client, address: str) -> str:
    """A page as text; following where it leads."""
    answer = browser.get(address, follow=True)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def test_a_day_that_is_over_is_no_day_to_need_something_by(rosas_browser: Client) -> None:
    address = drafted(rosas_browser)
    answer = rosas_browser.post(address, {**fields_of(rosas_browser, address), "needed_by": "2001-01-01"})
    assert answer.status_code == 422
    assert "This day is over" in answer.content.decode()


def test_an_offer_that_changed_meanwhile_is_shown_anew_and_not_accepted(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    offered(hull_cycles, dealing, 450)
    offered(hull_cycles, dealing, 480)
    page = f"/dealings/{dealing.public_id}/offer/acceptance"
    answer = browser_of(rosa).post(page, {"version": "1"}, follow=True)
    assert "£480" in answer.content.decode()
    assert not Record.objects.filter(kind="offer").exists()


def test_a_question_that_waits_is_seen_on_the_request(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    browser_of(hull_cycles).post(f"/dealings/{dealing.public_id}/messages", {"text": "How tall are you?"})
    assert "Hull Cycles asks you something" in text_of(browser_of(rosa), f"/intents/{dealing.intent.public_id}")


def test_a_seller_is_told_that_whoever_asked_has_left(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    erase_person(rosa)
    for page in (f"/dealings/{dealing.public_id}", "/inbox"):
        seen = text_of(browser_of(hull_cycles), page)
        assert "has left and was erased" in seen
        assert "anywhere" not in seen


def test_a_county_is_a_place_to_ask_in(rosas_browser: Client) -> None:
    address = drafted(rosas_browser, "A wedding photographer in Yorkshire, 800 pounds")
    form = rosas_browser.get(address).context["wish_form"]
    assert form["place"].value() == "Yorkshire"
    assert rosas_browser.get(f"{address}/preview").context["wanted"].wish.area.name == "Yorkshire"


def test_who_draws_a_small_circle_is_told_that_sellers_see_a_wider_one(rosas_browser: Client) -> None:
    small = drafted(rosas_browser, "A mountain bike within 15 km of Hull, 500 pounds")
    assert "You said 15 km. Sellers are told 25" in text_of(rosas_browser, f"{small}/preview")
    as_told = drafted(rosas_browser, "A mountain bike within 25 km of Hull, 500 pounds")
    assert "Sellers are told" not in text_of(rosas_browser, f"{as_told}/preview")


def test_a_sentence_sent_twice_by_one_click_is_one_draft_and_after_publishing_a_new_one(rosas_browser: Client) -> None:
    sent = {"text": SENTENCE, "idempotency_key": "one"}
    first, second = (rosas_browser.post("/intents/drafts", sent).url for _ in range(2))
    assert first == second
    rosas_browser.post(f"{first}/publication", {"idempotency_key": "two"})
    again = rosas_browser.post("/intents/drafts", sent).url
    assert again != first
    assert rosas_browser.get(again).status_code == 200
