"""Relationships: begun only when both sides want one."""

from django.db import models

from evenhand_server.storage.rows import PublicRow


class Relationship(PublicRow):
    """Two parties going on together: time-boxed, with a review date and a separation plan agreed at the start."""

    dealing = models.OneToOneField("Dealing", on_delete=models.PROTECT, related_name="+")
    record = models.OneToOneField("Record", on_delete=models.PROTECT, related_name="+")
    review_on = models.DateField()
    ends_on = models.DateField()
    at = models.DateTimeField()


class VendorChange(PublicRow):
    """A vendor said that it has a new owner, or new terms of its own: what was agreed with it is asked anew."""

    class Kind(models.TextChoices):
        """What changed."""

        OWNER = "owner"
        TERMS = "terms"

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
