"""What mail that came back leads to: its address is marked, and whoever it belongs to is told on their page."""

from allauth.account.models import EmailAddress
from django.db import transaction

from evenhand_server.integrations.mail.reports import Report
from evenhand_server.letters.actions import mark_bounced
from evenhand_server.letters.models import Letter, MailTest
from evenhand_server.news.actions import tell_of_bounce
from evenhand_server.people.models import Person


@transaction.atomic
def mark_report(report: Report) -> bool:
    """Mark the address of a report; false where we did not write that letter to it, or know it already."""
    person = reader_of(report)
    if person is None or not mark_bounced(report.address, report.status):
        return False
    tell_of_bounce(person)
    return True


def reader_of(report: Report) -> Person | None:
    """Whose letter came back, if the address is theirs: a forged report stops nobody's mail."""
    letter = Letter.objects.filter(public_id=report.letter).select_related("person").first()
    test = MailTest.objects.filter(public_id=report.letter).select_related("by").first()
    person = letter.person if letter else test.by if test else None
    if person is None:
        return None
    rows = EmailAddress.objects.filter(user=person, email__iexact=report.address)
    return person if rows.exists() else None
