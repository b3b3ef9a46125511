"""The mail to a domain, with the code that shows that it is read there."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from evenhand_server.domains.asked import code_of
from evenhand_server.domains.models import DomainClaim
from evenhand_server.letters.models import Letter
from evenhand_server.letters.queries import bounce_of, message_id, site_address


def domain_code_mail(letter: Letter) -> EmailMessage | None:
    """The code, to the mailbox chosen; not where another domain was named since, or where mail came back."""
    claim = DomainClaim.objects.filter(pk=letter.target, proof__isnull=True).first()
    address = f"{claim.mailbox}@{claim.domain}" if claim is not None else ""
    if claim is None or bounce_of(address) is not None:
        return None
    body = render_to_string("mail/domain_code.txt", {"code": code_of(claim), "site": site_address()})
    headers = {"Message-ID": message_id(letter.public_id), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=_("A code for Evenhand"), body=body, to=[address], headers=headers)
