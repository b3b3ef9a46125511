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
