"""Dealings: one intent and one vendor, under an id, a name and a key that only these two share."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Side(models.TextChoices):
    """Which of the two."""

    ASKER = "asker"
    VENDOR = "vendor"


class Dealing(PublicRow):
    """One intent and one vendor party. Vendors never see the intent's id; ``pairwise_name`` is what they call it by.

    ``asker_since`` and ``asker_kept`` are the coarse signs that somebody real asks, as they were when the dealing was
    born: signs that changed in several dealings at once would tell that these are of one party.
    A vendor signs with its published key; one who came by an invitation with ``vendor_key``, made for this dealing.
    """

    intent = models.ForeignKey("Intent", on_delete=models.PROTECT, related_name="+")
    wish = models.ForeignKey("Wish", on_delete=models.PROTECT, related_name="+")
    vendor = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    match = models.ForeignKey("Match", on_delete=models.PROTECT, null=True, related_name="+")
    pairwise_name = models.CharField(max_length=60)
    asker_key = models.ForeignKey("SigningKey", on_delete=models.PROTECT, related_name="+")
    vendor_key = models.ForeignKey("SigningKey", on_delete=models.PROTECT, null=True, related_name="+")
    asker_since = models.CharField(max_length=10, blank=True)
    asker_kept = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intent", "vendor"], name="one_dealing_per_intent_and_vendor")]


class Decline(Row):
    """A no, with a friendly reason: one side will not go on with this dealing."""

    dealing = models.OneToOneField("Dealing", on_delete=models.PROTECT, related_name="decline")
    side = models.CharField(max_length=10, choices=Side)
    reason = models.CharField(max_length=40)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Message(PublicRow):
    """A question, or the answer to one."""

    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    answers = models.OneToOneField("Message", on_delete=models.PROTECT, null=True, related_name="answer")
    text = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
