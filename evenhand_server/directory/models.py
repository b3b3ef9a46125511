"""Imports of the local directory, its entries, and businesses that want to stand in none."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class DirectoryImport(PublicRow):
    """A file an operator brought in. ``rows`` waits until it is taken in and is emptied then; deleting it undoes it."""

    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    header = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    @property
    def is_begun(self) -> bool:
        """Whether somebody said which column is what, so that it is taken in."""
        return bool(self.mapping)

    @property
    def is_done(self) -> bool:
        """Whether all of it is taken in."""
        return self.is_begun and self.done >= self.total


class DirectoryEntry(PublicRow):
    """A business that is not here yet: what it is called, what it sells, where it is, and how it could be asked."""

    source = models.ForeignKey("DirectoryImport", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    category = models.CharField(max_length=80, db_index=True)
    place = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    lat = models.FloatField()
    lon = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["lat", "lon"], name="directory_places")]


class DirectoryRemoval(Row):
    """A business that wants to stand in no directory here; only a keyed digest of its address is kept."""

    mailbox = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
