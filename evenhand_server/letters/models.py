"""A row for each mail that leaves, so that none is sent twice; addresses that send mail back; and codes that arrive."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Letter(PublicRow):
    """One mail: written down first, sent later by a worker. Its random id is its Message-ID, however often it is tried.

    ``handing`` is on disk before the mail server is given the content, so whoever finds it after a crash knows that
    the mail may have gone out, and does not send it again.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting"
        HANDING = "handing"
        SENT = "sent"
        DROPPED = "dropped"
        REFUSED = "refused"
        UNSURE = "unsure"

    kind = models.CharField(max_length=20)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, null=True, related_name="+")
    target = models.BigIntegerField(default=0)
    """The row that the letter is about, for kinds that go to no person of ours."""
    day = models.DateField(null=True)
    """The person's own day of a daily digest; one for each day."""
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    to = models.CharField(max_length=64, blank=True)
    """A digest of the address that it went to, under this server's key: enough to tell a true report from a forged."""
    answer = models.CharField(max_length=20, blank=True)
    """The codes with which the mail server refused, such as `554 5.7.1`; never its words, which may name people."""
    at = models.DateTimeField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_digest_per_person_and_day")]
        indexes = [models.Index(fields=["state", "due_at"], name="letters_next")]


class Bounce(Row):
    """An address from which mail came back. Nobody writes there until its owner shows that mail arrives again."""

    address = models.CharField(max_length=254, unique=True)
    answer = models.CharField(max_length=20)
    at = models.DateTimeField()


class MailTest(PublicRow):
    """A mail with a code in it, sent to somebody who asked for it; only the code's digest is kept.

    ``way`` is a digest of the mail settings it went by: for the operator, other settings need another test.
    """

    by = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254, blank=True)
    code = models.CharField(max_length=80)
    way = models.CharField(max_length=80, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()


class MailArrival(Row):
    """The code of a test mail was typed in: by these settings mail arrives."""

    test = models.OneToOneField("MailTest", on_delete=models.CASCADE, related_name="arrival")
    at = models.DateTimeField()
