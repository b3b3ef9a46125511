"""Programs open every link in a mail before the person does, and mail programs fetch ahead: nothing happens by that."""

import re

import pytest
from django.db import connection
from django.test import Client

from tests.page_world import PageWorld, taken_back

pytestmark = [
    pytest.mark.xdist_group("authorisation"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about pages"),
    pytest.mark.django_db,
]
LINK = re.compile(r"https?://[^/\s<>]+(/[^\s<>]*)")
ID = re.compile(r"[\w:=-]{20,}")


def test_opening_every_link_of_every_mail_changes_nothing(page_world: PageWorld) -> None:
    links = {found[1] for letter in page_world.mails for found in LINK.finditer(letter)}
    kinds = {ID.sub("*", link) for link in links}
    assert {"/i/*", "/i/*/silence", "/mail_stops/*", "/dealings/*"} <= kinds
    for link in sorted(links):
        for ask in (Client().get, Client().head):
            with taken_back() as written:
                answer = ask(link, follow=True)
            assert answer.status_code in {200, 405}, link
            assert not written, link
