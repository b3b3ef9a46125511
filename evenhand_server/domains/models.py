"""A domain that a party says is its own, and the proof of it, which has an end."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class DomainClaim(PublicRow):
    """The domain a party says is its own, and how it will show it; what is asked for follows from the random id."""

    class Way(models.TextChoices):
        """How it is shown."""

        MAIL = "mail"
        DNS = "dns"

    party = models.OneToOneField("Party", on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=253)
    way = models.CharField(max_length=10, choices=Way)
    mailbox = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()


class DomainProof(Row):
    """The code came back, or the record was there. Until then it counts."""

    claim = models.OneToOneField("DomainClaim", on_delete=models.CASCADE, related_name="proof")
    at = models.DateTimeField()
    until = models.DateTimeField()
