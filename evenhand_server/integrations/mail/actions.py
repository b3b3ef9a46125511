"""What mail that came back leads to: its address is marked, and whoever it belongs to is told on their page."""

from django.db import transaction

from evenhand_server.integrations.mail.reports import Report
from evenhand_server.letters.actions import mark_bounced
from evenhand_server.letters.models import Letter, MailTest
from evenhand_server.letters.queries import digest_of_address
from evenhand_server.news.actions import tell_of_bounce


@transaction.atomic
def mark_report(report: Report) -> bool:
    """Mark the address of a report; false where we did not write that letter to it, or know it already."""
    letter = Letter.objects.filter(public_id=report.letter, to=digest_of_address(report.address)).first()
    test = MailTest.objects.filter(public_id=report.letter, address=report.address).first()
    if (letter is None and test is None) or not mark_bounced(report.address, report.status):
        return False
    person = letter.person if letter else test.by if test else None
    if person is not None:
        tell_of_bounce(person)
    return True
