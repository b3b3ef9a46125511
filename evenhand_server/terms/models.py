"""Terms as they happen on a dealing: proffered, answered, signed; and what was disclosed under them."""

from datetime import date

from django.db import models
from django.utils import timezone

from evenhand_server.storage.rows import PublicRow, Row


class Outcome(models.TextChoices):
    """How a proffer ended; silence is expired."""

    ACCEPTED = "accepted"
    COUNTERED = "countered"
    REFUSED = "refused"
    EXPIRED = "expired"


class Stage(models.TextChoices):
    """What the terms are the gate to."""

    INTENT = "intent"
    RELATIONSHIP = "relationship"


class Proffer(Row):
    """Terms put to the vendor, with a deadline."""

    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=20, choices=Stage)
    round = models.PositiveSmallIntegerField(default=1, help_text="Above 1 where terms were put to the vendor anew")
    terms = models.CharField(max_length=40)
    also_accepts = models.JSONField(default=list)
    months = models.PositiveIntegerField(default=0, help_text="How long a relationship would last; 0 for an intent")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60, default="UTC", help_text="In which the deadline was set")
    record = models.OneToOneField("Record", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dealing", "stage", "round"], name="one_proffer_per_stage_and_round")
        ]


class TermsAnswer(Row):
    """The vendor's one answer; a counter names one other entry of the same roster."""

    proffer = models.OneToOneField("Proffer", on_delete=models.PROTECT, related_name="answer")
    outcome = models.CharField(max_length=20, choices=Outcome)
    counter = models.CharField(max_length=40, blank=True)
    is_standing = models.BooleanField(default=False)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class CounterAnswer(Row):
    """The asker's answer to a counter: accepted or refused, or expired by silence."""

    proffer = models.OneToOneField("Proffer", on_delete=models.PROTECT, related_name="counter_answer")
    outcome = models.CharField(max_length=20, choices=Outcome)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Record(PublicRow):
    """One record on a dealing's chain, byte for byte the same for both sides; an agreement is one that both signed."""

    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    data = models.TextField()
    digest = models.CharField(max_length=80, unique=True)
    signatures = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dealing", "number"], name="one_record_per_number")]


class AwaitedSignature(PublicRow):
    """A record that waits for a signature which only somebody's own device can make; gone once it has come, or not."""

    record = models.ForeignKey("Record", on_delete=models.PROTECT, related_name="+")
    key = models.ForeignKey("SigningKey", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    time_zone = models.CharField(max_length=60, default="UTC", help_text="In which the deadline was set")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="one_awaited_signature_per_key")]


class Lapse(Row):
    """A record that was not signed in time: it stays on the chain, and binds nobody."""

    record = models.OneToOneField("Record", on_delete=models.PROTECT, related_name="lapse")
    at = models.DateTimeField()


class AgreementRevocation(Row):
    """Signed terms taken back as a whole: nothing that they opened may be seen or used here any more."""

    record = models.OneToOneField("Record", on_delete=models.PROTECT, related_name="revocation")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Disclosure(PublicRow):
    """One field of identity given to the vendor under an agreement."""

    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField("Record", on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=20)
    text = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    until = models.DateField(null=True)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def stands_on(self, day: date) -> bool:
        """Not taken back, not erased, signed in time, and its last day not over."""
        is_over = self.until is not None and day > self.until
        is_gone = hasattr(self, "revocation") or hasattr(self.record, "lapse") or self.text.is_erased
        return not (is_over or is_gone)

    @property
    def is_over(self) -> bool:
        """Its last day has passed where the reader is."""
        return self.until is not None and timezone.localdate() > self.until


class Revocation(Row):
    """A disclosure taken back: the vendor is told and sees it no more here."""

    disclosure = models.OneToOneField("Disclosure", on_delete=models.PROTECT, related_name="revocation")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
