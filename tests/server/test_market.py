"""The market: operators settle it, nobody else; mail counts as working once a test mail has arrived."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from evenhand_server.letters.actions import MOST_TRIES
from evenhand_server.letters.models import MailTest
from evenhand_server.market import actions
from evenhand_server.market.errors import LastOperatorError
from evenhand_server.market.models import Market
from evenhand_server.market.queries import (
    is_operator,
    mail_works,
    must_be_operator,
    not_traded,
    operators,
    strangers_may_register,
    the_market,
)
from evenhand_server.people.actor import Actor
from evenhand_server.storage.errors import NotFoundError

FACTS = {
    "name": "Hull and around",
    "operator": "Rosa Lindqvist",
    "contact": "rosa@example.org",
    "languages": ["en"],
    "countries": ["GB"],
    "places": ["Hull"],
    "kinds_not_traded": ["weapons"],
    "words_not_traded": ["ivory"],
    "strangers_may_register": False,
}


@pytest.fixture
def operator(rosa: Actor) -> Actor:
    """Rosa, who looks after the server here."""
    actions.name_operator(rosa.person)
    return rosa


def test_before_anything_is_settled_nothing_is_refused(db: None) -> None:
    assert the_market() is None
    assert strangers_may_register()
    assert not_traded().kinds == frozenset()
    assert not mail_works()


def test_what_an_operator_settles_holds_and_is_replaced_when_said_again(operator: Actor) -> None:
    actions.settle(operator, FACTS)
    assert not_traded().words == {"ivory"}
    assert not strangers_may_register()
    actions.settle(operator, {**FACTS, "name": "Hull", "words_not_traded": []})
    assert Market.objects.get().name == "Hull"
    assert not_traded().words == frozenset()


def test_tom_is_no_operator_and_settles_nothing(operator: Actor, tom: Actor) -> None:
    assert not is_operator(tom.person)
    with pytest.raises(NotFoundError):
        must_be_operator(tom)
    with pytest.raises(NotFoundError):
        actions.settle(tom, FACTS)
    assert the_market() is None


def test_the_last_operator_stays(operator: Actor, tom: Actor) -> None:
    with pytest.raises(LastOperatorError):
        actions.dismiss_operator(operator.person)
    actions.name_operator(tom.person)
    actions.dismiss_operator(operator.person)
    assert operators() == [tom.person]


def code_sent() -> str:
    """The six digits in the last mail."""
    return re.findall(r"^\d{6}$", str(mail.outbox[-1].body), re.MULTILINE)[0]


def test_mail_works_once_the_code_of_a_test_mail_was_typed_in(operator: Actor) -> None:
    assert actions.try_mail(operator) == ""
    wrong = f"{(int(code_sent()) + 1) % 10**6:06d}"
    assert not actions.confirm_mail(operator, wrong)
    assert not mail_works()
    assert actions.confirm_mail(operator, f" {code_sent()} ")
    assert mail_works()


def test_asking_for_a_code_twice_in_a_minute_sends_one(operator: Actor) -> None:
    actions.try_mail(operator)
    actions.try_mail(operator)
    assert len(mail.outbox) == 1


def test_other_mail_settings_need_another_test(operator: Actor, settings: pytest.FixtureRequest) -> None:
    actions.try_mail(operator)
    assert actions.confirm_mail(operator, code_sent())
    settings.SECRET_KEY = "another server, as far as the proof is concerned"
    assert not mail_works()


def test_a_code_is_guessed_a_few_times_only_and_gets_old(operator: Actor) -> None:
    actions.try_mail(operator)
    for _ in range(MOST_TRIES):
        assert not actions.confirm_mail(operator, "no code")
    assert not actions.confirm_mail(operator, code_sent())
    MailTest.objects.all().delete()
    actions.try_mail(operator)
    MailTest.objects.update(at=timezone.now() - timedelta(hours=2))
    assert not actions.confirm_mail(operator, code_sent())


def test_a_mail_server_that_is_away_is_named_at_once(operator: Actor, settings: pytest.FixtureRequest) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert actions.try_mail(operator) == "ConnectionRefusedError"
    assert not MailTest.objects.exists()
