"""Offers, their immutable versions, and the one that is accepted."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Offer(PublicRow):
    """A vendor's answer to one dealing."""

    dealing = models.OneToOneField("Dealing", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class OfferVersion(Row):
    """One immutable version: what is queried, beside the words, which are erasable."""

    offer = models.ForeignKey("Offer", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    total = models.BigIntegerField(help_text="Minor units")
    currency = models.CharField(max_length=3)
    valid_until = models.DateTimeField()
    content = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="one_offer_version_per_number")]


class OfferAttachment(Row):
    """A file that belongs to one version of an offer; the next version has it too unless it was taken off."""

    version = models.ForeignKey("OfferVersion", on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "file"], name="one_attachment_per_file")]


class OfferWithdrawal(Row):
    """The vendor took its offer back before anybody accepted it."""

    offer = models.OneToOneField("Offer", on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Acceptance(Row):
    """The yes to one version of one offer; an intent has at most one."""

    intent = models.OneToOneField("Intent", on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField("OfferVersion", on_delete=models.PROTECT, related_name="acceptance")
    record = models.OneToOneField("Record", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
