"""Reading whom mail reaches, and what became of it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from evenhand_server.letters.models import Bounce, Letter
from evenhand_server.people.models import Person

TROUBLES = (Letter.State.REFUSED, Letter.State.UNSURE)


def mailbox_of(person: Person) -> str:
    """Where a person is written to: their confirmed mailbox, unless mail came back from it; else nowhere."""
    address = confirmed_mailbox(person)
    return "" if bounce_of(address) else address


def confirmed_mailbox(person: Person) -> str:
    """The mailbox that a person showed to be theirs, whether or not mail came back from it since."""
    if not person.email or not person.is_active:
        return ""
    rows = EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True)
    return person.email if rows.exists() else ""


def bounce_of(address: str) -> Bounce | None:
    """That mail came back from this address, if it did."""
    return Bounce.objects.filter(address=address.lower()).first() if address else None


def bounces_among(addresses: Iterable[str]) -> set[str]:
    """Those of these addresses from which mail came back, in small letters."""
    wanted = [address.lower() for address in addresses]
    return set(Bounce.objects.filter(address__in=wanted).values_list("address", flat=True))


def letters_to_settle() -> QuerySet[Letter]:
    """The letters about which somebody should decide: refused, or perhaps sent before a crash."""
    return Letter.objects.filter(state__in=TROUBLES).order_by("id")


def troubled_among(kind: str, targets: Iterable[int]) -> dict[int, str]:
    """Of the rows that letters of a kind are about, those whose last one was refused or is perhaps not out."""
    rows = Letter.objects.filter(kind=kind, target__in=list(targets)).order_by("id")
    last = dict(rows.values_list("target", "state"))
    return {target: state for target, state in last.items() if state in TROUBLES}


def digest_of_address(address: str) -> str:
    """By which a letter remembers where it went, without saying so to who reads the database alone."""
    return salted_hmac("evenhand.letter", address.lower(), algorithm="sha256").hexdigest()


def way_of_mail() -> str:
    """A digest of the mail settings, which hold a password."""
    environment = settings.ENVIRONMENT
    parts = [settings.EMAIL_BACKEND, environment.mail_url, environment.mail_from]
    return salted_hmac("evenhand.mail", "\n".join(parts), algorithm="sha256").hexdigest()


def site_address() -> str:
    """The address under which people reach this server, without a slash at its end."""
    return settings.ENVIRONMENT.address or f"http://localhost:{settings.ENVIRONMENT.port}"


def message_id(public_id: str) -> str:
    """The same however often a letter is tried, so that mail servers and readers can tell one that came twice."""
    host = urlsplit(settings.ENVIRONMENT.address).hostname or settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(
        "> "
    )
    return f"<{public_id}@{host or 'localhost'}>"
