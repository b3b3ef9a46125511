"""What matching found for a wish."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Matching(Row):
    """One look for sellers: how many fit, and if none, the nearest miss; kept so that the page needn't look again."""

    wish = models.OneToOneField("Wish", on_delete=models.PROTECT, related_name="+")
    total = models.PositiveIntegerField()
    nearest_miss = models.JSONField(default=dict)
    at = models.DateTimeField()


class Match(PublicRow):
    """A wish and one vendor's best interest that fit, with score and reasons; or one that only mentions the words."""

    class Kind(models.TextChoices):
        """How it was found."""

        FIT = "fit"
        MENTION = "mention"

    wish = models.ForeignKey("Wish", on_delete=models.PROTECT, related_name="+")
    interest_version = models.ForeignKey("InterestVersion", on_delete=models.PROTECT, related_name="+")
    vendor = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    score = models.PositiveIntegerField(help_text="Thousandths")
    accepts_terms = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "vendor"], name="one_match_per_wish_and_vendor")]
