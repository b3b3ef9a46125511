"""Reports, what was decided of them, and the one appeal; each step is a row."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Subject(models.TextChoices):
    """What is reported."""

    REQUEST = "request"
    OFFER = "offer"
    MESSAGE = "message"
    PARTY = "party"


class Report(PublicRow):
    """Somebody says that something should not be here. ``target`` is the random id of what it is."""

    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=10, choices=Subject)
    target = models.CharField(max_length=32)
    reason = models.CharField(max_length=20)
    words = models.ForeignKey("Text", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["party", "subject", "target"], name="one_report_per_party_and_thing")
        ]


class Decision(Row):
    """What an operator decided, at first (``round`` 1) or after the appeal (2), with the reason for both sides."""

    class Outcome(models.TextChoices):
        """Whether the report was right, and what follows."""

        DISMISSED = "dismissed"
        UPHELD = "upheld"
        PAUSED = "paused"

    report = models.ForeignKey("Report", on_delete=models.PROTECT, related_name="decisions")
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "round"], name="one_decision_per_round")]


class Appeal(Row):
    """Whoever the decision went against asks once to have it looked at again."""

    report = models.OneToOneField("Report", on_delete=models.PROTECT, related_name="appeal")
    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
