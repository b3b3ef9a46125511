"""Sending a letter as a background step: at most once, whatever dies meanwhile; what surely failed comes again."""

from collections.abc import Callable
from functools import partial

from django.core.mail import EmailMessage

from evenhand_server.domains.actions import DOMAIN_CODE
from evenhand_server.domains.mails import domain_code_mail
from evenhand_server.invitations.kinds import GUEST_CODE, GUEST_NEWS, GUEST_RECORDS, INVITATION
from evenhand_server.invitations.mails import guest_code_mail, guest_news_mail, guest_records_mail, invitation_mail
from evenhand_server.letters.actions import close, give_back, mark_bounced, take
from evenhand_server.letters.deliver import UNREACHABLE, deliver
from evenhand_server.letters.errors import MailboxRefusedError, MailPutOffError, MailRefusedError
from evenhand_server.letters.models import Letter
from evenhand_server.news.actions import DIGEST, NEWS, tell_of_bounce, tell_tomorrow
from evenhand_server.news.mails import news_mail
from evenhand_server.people.models import Person

WRITE: dict[str, Callable[[Letter], EmailMessage | None]] = {
    NEWS: news_mail,
    DIGEST: news_mail,
    INVITATION: invitation_mail,
    GUEST_NEWS: guest_news_mail,
    GUEST_RECORDS: guest_records_mail,
    GUEST_CODE: guest_code_mail,
    DOMAIN_CODE: domain_code_mail,
}
"""What stands in each kind of letter, made when it is sent; nothing where there is no reason for it any more."""


def post_letter(target: int) -> None:
    """Send one letter, unless that was begun before: then a worker died in the middle, and it may have gone out."""
    letter = Letter.objects.select_related("person").filter(pk=target).first()
    if letter is None:
        return
    if letter.state == Letter.State.HANDING:
        doubt(letter)
    elif letter.state == Letter.State.WAITING:
        message = WRITE[letter.kind](letter)
        if message is None:
            close(letter, Letter.State.DROPPED)
        else:
            send(letter, message)


def send(letter: Letter, message: EmailMessage) -> None:
    """Hand it to the mail server, and keep what came of it."""
    try:
        if deliver(message, partial(take, letter, message.recipients()[0])):
            close(letter, Letter.State.SENT)
    except MailPutOffError as error:
        give_back(letter, str(error.data["answer"]))
        raise
    except MailboxRefusedError as error:
        close(letter, Letter.State.REFUSED, str(error.data["answer"]))
        bounce(message.recipients()[0], str(error.data["answer"]), letter.person)
    except MailRefusedError as error:
        close(letter, Letter.State.REFUSED, str(error.data["answer"]))
    except UNREACHABLE:
        doubt(letter)


def doubt(letter: Letter) -> None:
    """Nobody can say whether it was sent. It is not sent again; what it told of comes with the next daily mail."""
    if close(letter, Letter.State.UNSURE):
        tell_tomorrow(letter)


def bounce(address: str, answer: str, person: Person | None) -> None:
    """Write there no more, and say so on the page of whose mailbox it is."""
    if mark_bounced(address, answer) and person is not None:
        tell_of_bounce(person)
