"""A small market for tests: Rosa asks, Hull Cycles answers, Leeds Laptops too, and Tom is nobody's business."""

import fcntl
from datetime import date, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from evenhand.interests.interest import Interest
from evenhand.measures import Area
from evenhand.words.places_build import build_places, is_built
from evenhand_server.interests.actions import set_standing_acceptances, stand_ready
from evenhand_server.people.actions import found_organisation, join
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of

PASSWORD = "even-terms-for-all"
SENTENCE = "Looking for a mountain bike in Hull, 500 pounds to spend - p.s. I ride the hard trails and am rather tall!"
HULL = Area("Hull", "GB", 53.7446, -0.3352, 30.0)


@pytest.fixture(scope="session", autouse=True)
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gazetteer, built once for all processes of a test run."""
    shared = tmp_path_factory.getbasetemp().parent / "places.sqlite"
    wanted = django_settings.ENVIRONMENT.places_file
    wanted.parent.mkdir(parents=True, exist_ok=True)
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_built(shared):
            build_places(shared)
        if not is_built(wanted):
            wanted.unlink(missing_ok=True)
            wanted.symlink_to(shared)
    return shared


@pytest.fixture(autouse=True)
def _as_in_tests(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """No manifest of static files, mail kept in memory, quick passwords, no limits, no shared list of erasures."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.LIMITS = "all=off"
    settings.OPEN_INTENTS, settings.INVITATIONS_A_DAY = 50, 500
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def person(username: str, *, name: str = "", country: str = "GB") -> Actor:
    """A person with a confirmed mailbox, acting for themself."""
    who = Person.objects.create(
        username=username,
        name=name or username.title(),
        email=f"{username}@example.org",
        country=country,
        password=make_password(PASSWORD),
    )
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return join(who)


def shop(username: str, name: str, *interests: Interest, terms: frozenset[str] = frozenset()) -> Actor:
    """A vendor organisation with one steward, standing interests, and the terms it accepts from anybody."""
    founder = person(username)
    membership = found_organisation(founder, name=name, country="GB")
    seller = actor_of(founder.person, membership.public_id)
    for interest in interests:
        stand_ready(seller, f"{name} sells this.", interest)
    if terms:
        set_standing_acceptances(seller, terms)
    return seller


def sells_mountain_bikes(*, lowest: int = 20_000, highest: int = 200_000) -> Interest:
    """Mountain bikes round Hull."""
    return Interest(frozenset({"mountain_bikes"}), HULL, lowest=lowest, highest=highest, currency="GBP")


def in_days(days: int) -> date:
    """A day so many days from now."""
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def rosa(db: None) -> Actor:
    """Rosa, who asks."""
    return person("rosa", name="Rosa Lindqvist")


@pytest.fixture
def tom(db: None) -> Actor:
    """Tom, who must see nothing."""
    return person("tom", name="Tom Outside")


@pytest.fixture
def hull_cycles(db: None) -> Actor:
    """Hull Cycles, a shop that answers, and accepts no terms before it has read them."""
    return shop("hull_cycles", "Hull Cycles", sells_mountain_bikes())


def browser_of(actor: Actor) -> Client:
    """A browser in which somebody is signed in and acts for their party."""
    client = Client()
    client.force_login(actor.person)
    session = client.session
    session["membership"] = actor.membership.public_id
    session.save()
    return client


@pytest.fixture
def rosas_browser(rosa: Actor) -> Client:
    """Rosa's browser."""
    return browser_of(rosa)


@pytest.fixture
def toms_browser(tom: Actor) -> Client:
    """Tom's browser."""
    return browser_of(tom)


@pytest.fixture
def shops_browser(hull_cycles: Actor) -> Client:
    """The browser at Hull Cycles."""
    return browser_of(hull_cycles)
