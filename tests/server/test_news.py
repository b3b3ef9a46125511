"""News: what happened stands on the page, and comes by mail at once, once a day or never, as each person wishes."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from evenhand_server.journal.models import DueRow
from evenhand_server.letters.models import Letter
from evenhand_server.messages import SENTENCES
from evenhand_server.news.actions import choose_mail, tell
from evenhand_server.news.kinds import KIND_OF, How, Kind
from evenhand_server.news.models import News
from evenhand_server.news.queries import choices_of, count_unseen
from evenhand_server.news.schemas import MailAsked, MailShown
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.deal import agree_on_terms, dealing_after_matching, offered
from tests.programs import program_of

pytestmark = pytest.mark.django_db(transaction=True)


def told(actor: Actor) -> list[str]:
    """What somebody was told, the oldest first; that something was signed stands in tests of its own."""
    rows = News.objects.filter(person=actor.person).exclude(what="record_signed")
    return list(rows.order_by("id").values_list("what", flat=True))


def letters_to(actor: Actor) -> list[mail.EmailMessage]:
    """The mails to somebody so far."""
    return [letter for letter in mail.outbox if letter.to == [actor.person.email]]


def test_each_side_is_told_what_the_other_did(rosa: Actor, hull_cycles: Actor, tom: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    offered(hull_cycles, dealing)
    work_all()
    assert told(hull_cycles) == ["request_heard"]
    assert told(rosa) == ["terms_accepted", "offer_made"]
    assert told(tom) == []


def test_everything_that_can_happen_has_a_sentence_and_a_kind() -> None:
    assert [what for what in KIND_OF if f"news_{what}" not in SENTENCES] == []
    assert [kind for kind in Kind if f"news_kind_{kind}" not in SENTENCES] == []


def test_the_page_shows_what_is_new_until_the_page_it_led_to_was_seen(
    rosa: Actor, hull_cycles: Actor, rosas_browser: Client
) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    work_all()
    page = rosas_browser.get("/me/news").content.decode()
    assert "A seller accepted your terms" in page
    assert "Hull Cycles" in page
    assert "Looking for a mountain bike in Hull" in page
    assert 'class="count">2<' in page
    assert "A record was signed" in page
    assert "hard trails" not in page
    rosas_browser.get(f"/dealings/{dealing.public_id}")
    assert count_unseen(rosa.person) == 0
    assert 'class="count"' not in rosas_browser.get("/me/news").content.decode()


def test_a_seller_reads_no_words_in_the_news(rosa: Actor, hull_cycles: Actor, shops_browser: Client) -> None:
    dealing_after_matching(rosa)
    page = shops_browser.get("/me/news").content.decode()
    assert "Somebody wants something that you answer" in page
    assert "Mountain Bikes" in page
    for word in ("Looking for", "Rosa", "500"):
        assert word not in page


def test_all_of_it_can_be_marked_as_seen(rosa: Actor, rosas_browser: Client) -> None:
    for number in range(3):
        tell(rosa.person, "offer_made", party_id=rosa.party_id, path=f"/dealings/{number}")
    assert rosas_browser.post("/me/news/seen").status_code == 302
    assert count_unseen(rosa.person) == 0


def test_without_news_the_page_says_what_will_come(toms_browser: Client) -> None:
    assert "Nothing new yet" in toms_browser.get("/me/news").content.decode()


def test_news_for_a_shop_asks_its_seller_to_act_for_the_shop(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = dealing_after_matching(rosa)
    client = Client()
    client.force_login(hull_cycles.person)
    answer = client.get(f"/dealings/{dealing.public_id}")
    assert answer.status_code == 404
    assert "Act for Hull Cycles and open it" in answer.content.decode()
    form = {"membership": hull_cycles.membership.public_id, "next": f"/dealings/{dealing.public_id}"}
    assert client.post("/me/acting_for", form, follow=True).status_code == 200
    assert count_unseen(hull_cycles.person) == 0


def test_tom_gets_the_same_answer_for_what_is_and_what_is_not(
    rosa: Actor, hull_cycles: Actor, toms_browser: Client
) -> None:
    dealing = dealing_after_matching(rosa)
    there = toms_browser.get(f"/dealings/{dealing.public_id}")
    nowhere = toms_browser.get(f"/dealings/{'0' * 32}")
    assert there.status_code == nowhere.status_code == 404
    assert strip(there.content) == strip(nowhere.content)


def strip(page: bytes) -> bytes:
    """A page without what differs each time it is made."""
    return re.sub(rb'value="[\w-]{20,}"|/dealings/\w+', b"", page)


def test_what_was_seen_before_its_mail_went_out_is_not_written_about(rosa: Actor, rosas_browser: Client) -> None:
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    rosas_browser.post("/me/news/seen")
    work_all()
    assert mail.outbox == []
    assert Letter.objects.get().state == "dropped"


def test_never_means_no_mail_and_still_news(rosa: Actor) -> None:
    choose_mail(rosa, {Kind.OFFERS: How.NEVER})
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    tell(rosa.person, "question_asked", party_id=rosa.party_id, path="/dealings/1")
    work_all()
    assert len(letters_to(rosa)) == 1
    assert count_unseen(rosa.person) == 2


def test_once_a_day_is_one_mail_a_day(rosa: Actor) -> None:
    choose_mail(rosa, dict.fromkeys(Kind, How.DAILY))
    for number in range(5):
        tell(rosa.person, "offer_made", party_id=rosa.party_id, path=f"/dealings/{number}")
    work_all()
    assert mail.outbox == []
    work_all(timezone.now() + timedelta(days=1))
    (letter,) = letters_to(rosa)
    assert str(letter.body).count("/dealings/") == 5
    work_all(timezone.now() + timedelta(days=2))
    assert len(letters_to(rosa)) == 1


def test_what_comes_after_the_daily_mail_went_out_waits_for_the_next_day(rosa: Actor) -> None:
    choose_mail(rosa, dict.fromkeys(Kind, How.DAILY))
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    Letter.objects.update(state=Letter.State.SENT)
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/2")
    first, second = Letter.objects.order_by("day")
    assert first.day is not None
    assert second.day is not None
    assert second.day == first.day + timedelta(days=1)


def test_mail_says_nothing_of_what_it_is_about(rosa: Actor, hull_cycles: Actor) -> None:
    offered(hull_cycles, agree_on_terms(hull_cycles, dealing_after_matching(rosa)))
    work_all()
    for letter in mail.outbox:
        text = letter.message().as_string()
        for word in ("bike", "Hull", "450", "500", "Rosa", "Lindqvist", "hard trails", "Trailhead"):
            assert word not in text.replace("hull_cycles@", "")
        assert letter.message().get_content_type() == "text/plain"
        assert "Message-ID" in letter.extra_headers
    assert "/dealings/" in str(mail.outbox[-1].body)


def test_one_click_in_the_mail_stops_it_and_looking_does_not(rosa: Actor) -> None:
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    work_all()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.sub(r"^<https?://[^/]+|>$", "", headers["List-Unsubscribe"])
    stranger = Client(enforce_csrf_checks=True)
    assert "Stop this mail" in stranger.get(path).content.decode()
    assert choices_of(rosa.person)[Kind.OFFERS] == How.AT_ONCE
    one_click = {"List-Unsubscribe": "One-Click"}
    assert stranger.post(path, one_click).status_code == 200
    assert stranger.post(path, one_click).status_code == 200
    assert choices_of(rosa.person)[Kind.OFFERS] == How.NEVER
    assert choices_of(rosa.person)[Kind.WORDS] == How.AT_ONCE
    assert stranger.post(path[:-2], one_click).status_code == 404


def test_how_and_when_is_chosen_on_one_page(rosa: Actor, rosas_browser: Client) -> None:
    form = {kind.value: "daily" for kind in Kind} | {"daily_at": "07:30", "quiet_from": "22:00", "quiet_until": "07:00"}
    assert rosas_browser.post("/me/news/mail", form).status_code == 302
    page = rosas_browser.get("/me/news/mail").content.decode()
    assert 'value="07:30" selected' in page
    assert set(choices_of(rosa.person).values()) == {How.DAILY}


@pytest.mark.parametrize(("begins", "ends"), [("22:00", ""), ("", "07:00"), ("22:00", "22:00"), ("25:00", "07:00")])
def test_quiet_hours_that_make_no_sense_are_said_so(begins: str, ends: str, rosas_browser: Client) -> None:
    form = {kind.value: "daily" for kind in Kind} | {"daily_at": "07:30", "quiet_from": begins, "quiet_until": ends}
    assert rosas_browser.post("/me/news/mail", form).status_code == 422


def test_without_a_confirmed_mailbox_nothing_is_written(rosa: Actor, rosas_browser: Client) -> None:
    rosa.person.email = "elsewhere@example.org"
    rosa.person.save()
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    assert not Letter.objects.exists()
    assert not DueRow.objects.exists()
    assert "no confirmed mailbox" in rosas_browser.get("/me/news/mail").content.decode()


def test_programs_list_the_news_and_mark_nothing_as_seen(rosa: Actor, tom: Actor) -> None:
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1", about="mountain_bikes")
    (shown,) = program_of(rosa).get("/me/news").items
    assert (shown["what"], shown["about"], shown["is_seen"]) == ("offer_made", "mountain_bikes", False)
    assert count_unseen(rosa.person) == 1
    assert program_of(tom).get("/me/news").items == []


def test_programs_choose_for_every_kind_that_people_choose_for() -> None:
    assert [kind for kind in Kind if kind.value not in MailAsked.model_fields] == []
    assert [kind for kind in Kind if kind.value not in MailShown.model_fields] == []


def test_programs_choose_how_one_hears_by_mail(rosa: Actor) -> None:
    program = program_of(rosa)
    assert program.get("/me/mail")["offers"] == "at_once"
    asked = {"offers": "daily", "daily_at": "07:15", "quiet_from": "21:45", "quiet_until": "06:00"}
    assert program.put("/me/mail", asked)["quiet_from"] == "21:45"
    assert choices_of(rosa.person)[Kind.OFFERS] == How.DAILY
    assert program.put("/me/mail", {"quiet_from": "22:00"}).wrong == {"quiet_until"}
    assert program.put("/me/mail", {"offers": "sometimes"}).status == 422
