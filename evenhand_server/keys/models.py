"""Changes of keys that wait for a signature from somebody's own device."""

from django.db import models

from evenhand_server.storage.rows import PublicRow


class KeyChange(PublicRow):
    """A statement that one key takes over from another, until both have signed it; then it is a rotation.

    ``dealing`` is empty for the key that a party publishes.
    """

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    dealing = models.ForeignKey("Dealing", on_delete=models.PROTECT, null=True, related_name="+")
    old = models.OneToOneField("SigningKey", on_delete=models.PROTECT, related_name="+")
    new = models.OneToOneField("SigningKey", on_delete=models.PROTECT, related_name="+")
    data = models.TextField()
    signatures = models.JSONField()
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
