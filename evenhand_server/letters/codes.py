"""A mail with a code in it, sent while somebody waits for it, so that they hear at once what the mail server said."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evenhand.errors import EvenhandError
from evenhand_server.letters.deliver import UNREACHABLE, deliver
from evenhand_server.letters.models import MailTest
from evenhand_server.letters.queries import message_id, site_address


def send_code(test: MailTest, code: str) -> str:
    """Send it; empty when the mail server took it, else its codes or what became of the line."""
    message = EmailMessage(
        subject=_("Your code for Evenhand"),
        body=render_to_string("mail/code.txt", {"code": code, "site": site_address()}),
        to=[test.address],
        headers={"Message-ID": message_id(test.public_id), "Auto-Submitted": "auto-generated"},
    )
    try:
        deliver(message, lambda: True)
    except EvenhandError as error:
        return str(error.data["answer"])
    except UNREACHABLE as error:
        return type(error).__name__
    return ""
