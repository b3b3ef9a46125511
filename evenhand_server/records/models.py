"""What any room may keep: erasable texts, signing keys, files, and what was already done once."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row

ENDING = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "application/pdf": ".pdf"}
"""The endings that files of a bundle have, by what they are."""


class Text(PublicRow):
    """Words that records cite by salted digest only; erasing empties words and salt, the digest stays true."""

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    body = models.TextField(blank=True)
    salt = models.BinaryField(max_length=16)
    digest = models.CharField(max_length=80)
    at = models.DateTimeField()

    @property
    def is_erased(self) -> bool:
        """Emptied on somebody's wish: a salt is never empty otherwise."""
        return not bytes(self.salt)


class Custody(models.TextChoices):
    """Who holds a signing key."""

    SERVER = "server"
    OWN_DEVICE = "own_device"
    ONE_TIME_LINK = "one_time_link"


class SigningKey(PublicRow):
    """An Ed25519 key. The private half is wrapped under the master key, or empty when its owner holds it."""

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    public = models.CharField(max_length=120, unique=True)
    wrapped = models.BinaryField(max_length=120)
    custody = models.CharField(max_length=20, choices=Custody, default=Custody.SERVER)
    is_published = models.BooleanField(default=False)
    at = models.DateTimeField()


class KeyRotation(Row):
    """A key that took over from another: the statement that both keys signed. What the old one signed stays valid."""

    old = models.OneToOneField("SigningKey", on_delete=models.PROTECT, related_name="+")
    new = models.OneToOneField("SigningKey", on_delete=models.PROTECT, related_name="+")
    data = models.TextField()
    signatures = models.JSONField()
    at = models.DateTimeField()


class StoredFile(PublicRow):
    """A file under the data folder by its random name; what it was called is erasable."""

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=80)
    at = models.DateTimeField()

    @property
    def packed_at(self) -> str:
        """Where it lies in a bundle, as seen from the page that lies there too."""
        return f"files/{self.digest.removeprefix('sha256:')}{ENDING.get(self.media_type, '')}"


class OnceDone(Row):
    """A write that was done under this key, and what it made: repeating it makes nothing twice."""

    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    asked = models.CharField(max_length=80)
    made = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="once_per_person_and_key")]
