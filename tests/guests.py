"""Steps of sellers who are not here, for tests: find the mail, open the link, give the code."""

import re

from django.core import mail
from django.test import Client
from django.utils import timezone

from evenhand_server.letters.models import MailArrival, MailTest
from evenhand_server.letters.queries import way_of_mail
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all

LINK = re.compile(r"http://[^/\s]+(/i/[\w-]+)(?=\s)")
CODE = re.compile(r"^\d{6}$", re.MULTILINE)


def mail_arrives(operator: Actor) -> None:
    """A test mail has come in, so sellers may be invited."""
    test = MailTest.objects.create(by=operator.person, code="", way=way_of_mail(), at=timezone.now())
    MailArrival.objects.create(test=test, at=timezone.now())


def mails_to(address: str) -> list[str]:
    """The texts of all mails to a mailbox, oldest first."""
    return [letter.body for letter in mail.outbox if letter.to == [address]]


def link_mailed_to(address: str) -> str:
    """The path of the newest link in this mailbox."""
    return [found[1] for text in mails_to(address) if (found := LINK.search(text))][-1]


def code_mailed_to(address: str) -> str:
    """The newest code in this mailbox."""
    return [found[0] for text in mails_to(address) if (found := CODE.search(text))][-1]


def opened(path: str, browser: Client | None = None) -> tuple[Client, str]:
    """A browser that followed a link, and the address where it ended."""
    browser = browser or Client()
    answer = browser.get(path)
    assert answer.status_code == 302, path
    return browser, str(answer.url)


def answering(address: str, browser: Client | None = None) -> tuple[Client, str]:
    """A seller who followed the newest link in their mailbox and gave the code; and the address of their dealing."""
    browser, page = opened(link_mailed_to(address), browser)
    browser.post(f"{page}/code")
    work_all()
    answer = browser.post(f"{page}/entry", {"code": code_mailed_to(address)})
    assert answer.status_code == 302, answer.content.decode()
    return browser, str(answer.url)
