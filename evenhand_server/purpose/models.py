"""Evidence that a party stands for a value."""

from django.db import models

from evenhand_server.storage.rows import PublicRow


class Evidence(PublicRow):
    """A certificate, membership or attestation: its issuer, its number, and until when it holds."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    value = models.CharField(max_length=40)
    issuer = models.CharField(max_length=120)
    number = models.CharField(max_length=80, blank=True)
    valid_until = models.DateField()
    at = models.DateTimeField()
