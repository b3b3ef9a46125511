"""Mail to sellers who are not here: a personal link and no words, price or name; and the code that opens it."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand_server.directory.queries import removal_path
from evenhand_server.invitations.actions.guest import draw_code
from evenhand_server.invitations.models import Invitation, MailCode
from evenhand_server.invitations.passes import address_of
from evenhand_server.invitations.queries import is_silent
from evenhand_server.letters.models import Letter
from evenhand_server.letters.queries import bounce_of, message_id, site_address
from evenhand_server.terms.queries import records_of

MOST_DIGESTS = 20
"""Each record names the one before it, so the newest digest vouches for all that are older."""


def invitation_mail(letter: Letter) -> EmailMessage | None:
    """Ask a seller; nobody who wants no such mail, and not once the request has closed or the link was taken back."""
    invitation = invitation_in(letter)
    if not invitation.intent.is_open(timezone.now()) or not may_be_written_to(invitation):
        return None
    return with_link(letter, invitation, "mail/invitation.txt", _("Somebody asks you for an offer"))


def guest_news_mail(letter: Letter) -> EmailMessage | None:
    """Something happened where a guest answers: the same link leads there, also after the request has closed."""
    invitation = invitation_in(letter)
    if not may_be_written_to(invitation):
        return None
    return with_link(letter, invitation, "mail/guest_news.txt", _("There is something new for you"))


def guest_records_mail(letter: Letter) -> EmailMessage | None:
    """The digests of what was signed with a guest. Each mail names all of them, so that one lost mail costs nothing."""
    invitation = invitation_in(letter)
    if invitation.dealing is None or not may_be_written_to(invitation):
        return None
    rows = records_of(invitation.dealing).order_by("-number")
    digests = list(rows.values_list("digest", flat=True)[:MOST_DIGESTS])
    subject = _("What was signed, to keep")
    return with_link(letter, invitation, "mail/guest_records.txt", subject, digests=digests)


def guest_code_mail(letter: Letter) -> EmailMessage | None:
    """Draw the code and send it; one that nobody waits for any more is not sent."""
    code = MailCode.objects.filter(pk=letter.target).select_related("invitation").first()
    if code is None or code.expires_at < timezone.now() or not code.invitation.email:
        return None
    body = render_to_string("mail/guest_code.txt", {"code": draw_code(code), "site": site_address()})
    return EmailMessage(
        subject=_("Your code for Evenhand"), body=body, to=[code.invitation.email], headers=headers_of(letter)
    )


def invitation_in(letter: Letter) -> Invitation:
    """The invitation that a letter is about."""
    rows = Invitation.objects.select_related("link__revocation", "intent__closure", "dealing")
    return rows.get(pk=letter.target)


def may_be_written_to(invitation: Invitation) -> bool:
    """The link works, no mail came back, and nobody asked for silence."""
    if not invitation.email or not invitation.link.works(timezone.now()):
        return False
    return bounce_of(invitation.email) is None and not is_silent(invitation.email)


def with_link(letter: Letter, invitation: Invitation, template: str, subject: str, **more: list[str]) -> EmailMessage:
    """One mail with the personal link; mail programs offer to stop them with one click (RFC 8058)."""
    link = address_of(invitation.link)
    headers = {
        **headers_of(letter),
        "List-Unsubscribe": f"<{link}/silence>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    signed = removal_path(invitation.email)
    removal = f"{site_address()}{reverse('directory:leave', args=[signed])}" if signed else ""
    told = {"link": link, "site": site_address(), "removal": removal, "source": invitation.source, **more}
    body = render_to_string(template, told)
    return EmailMessage(subject=subject, body=body, to=[invitation.email], headers=headers)


def headers_of(letter: Letter) -> dict[str, str]:
    """What all of these mails say to mail programs."""
    return {"Message-ID": message_id(letter.public_id), "Auto-Submitted": "auto-generated"}
