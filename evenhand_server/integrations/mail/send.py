"""Sending mail: no words, price or name in it, only that there is something to see and where."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evenhand_server.people.models import Person


def say_there_is_something(person: Person, path: str) -> bool:
    """Tell a person that there is something for them at this path; false where they have no mailbox."""
    if not person.email or not person.is_active:
        return False
    address = settings.ENVIRONMENT.address or f"http://localhost:{settings.ENVIRONMENT.port}"
    body = render_to_string("mail/something.txt", {"address": f"{address}{path}", "site": address})
    EmailMessage(subject=_("There is something for you on Evenhand"), body=body, to=[person.email]).send()
    return True
