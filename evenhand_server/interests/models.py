"""Interests, their immutable versions, and their end."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Interest(PublicRow):
    """What a vendor stands ready to answer."""

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class InterestVersion(Row):
    """One immutable version: the record that matching reads and the words as typed."""

    interest = models.ForeignKey("Interest", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    record = models.JSONField()
    sentence = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    is_newest = models.BooleanField(default=True, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interest", "number"], name="one_interest_version_per_number"),
            models.UniqueConstraint(
                fields=["interest"], condition=models.Q(is_newest=True), name="one_newest_interest_version"
            ),
        ]


class Retirement(Row):
    """The vendor no longer answers such intents."""

    interest = models.OneToOneField("Interest", on_delete=models.PROTECT, related_name="retirement")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class StandingAcceptance(Row):
    """Terms that a vendor accepts from anybody, once and for all."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    terms = models.CharField(max_length=40)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "terms"], name="one_standing_acceptance_per_terms")]
