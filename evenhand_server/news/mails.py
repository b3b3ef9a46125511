"""The mail that tells of news: plain text without words, price or name, and a way to stop it by one click."""

from django.core import signing
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from evenhand_server.letters.models import Letter
from evenhand_server.letters.queries import mailbox_of, message_id, site_address
from evenhand_server.news.kinds import Kind
from evenhand_server.news.models import News
from evenhand_server.news.queries import news_in
from evenhand_server.people.models import Person

STOP_SALT = "evenhand.news.stop"
MOST_LINKS = 20


def news_mail(letter: Letter) -> EmailMessage | None:
    """The mail for a letter; none where everything was seen meanwhile or there is nobody to write to."""
    assert letter.person is not None
    address, news = mailbox_of(letter.person), news_in(letter.pk)
    if not address or not news:
        return None
    stop = f"{site_address()}{stop_path(letter.person, frozenset(Kind(one.kind) for one in news))}"
    return EmailMessage(
        subject=ngettext(
            "There is something for you on Evenhand", "There are %(count)s things for you on Evenhand", len(news)
        )
        % {"count": len(news)},
        body=render_to_string("mail/news.txt", context_of(news, stop)),
        to=[address],
        headers={
            "Message-ID": message_id(letter.public_id),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def context_of(news: list[News], stop: str) -> dict[str, object]:
    """What the text needs: where to look, each page once."""
    site = site_address()
    links = list(dict.fromkeys(f"{site}{one.path}" for one in news))
    return {
        "links": links[:MOST_LINKS],
        "digests": list(dict.fromkeys(one.digest for one in news if one.digest)),
        "has_more": len(links) > MOST_LINKS,
        "all": f"{site}{reverse('news:list')}",
        "choose": f"{site}{reverse('news:mail')}",
        "stop": stop,
        "site": site,
    }


def stop_path(person: Person, kinds: frozenset[Kind]) -> str:
    """Where one click stops mail of these kinds; it needs no sign-in, and it never gets old. Source: RFC 8058."""
    said = [person.public_id, *sorted(kinds)]
    return reverse("news:stop", args=[signing.dumps(said, salt=STOP_SALT)])


def stopped_by(token: str) -> tuple[str, frozenset[Kind]] | None:
    """The person's id and the kinds in such an address; none where we did not make it."""
    try:
        person_id, *kinds = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return person_id, frozenset(Kind(kind) for kind in kinds)
