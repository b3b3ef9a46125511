"""What is kept of every action: who, for whom, what, when; and the work it leaves to do."""

from typing import Any

from django.db import models

from evenhand_server.storage.rows import Row


class Entry(Row):
    """One action that happened. Ids, codes, amounts and digests only: never a name, never free words."""

    at = models.DateTimeField(db_index=True)
    event = models.CharField(max_length=60)
    person = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="+")
    party = models.ForeignKey("Party", on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20)
    subject = models.CharField(max_length=32, db_index=True)
    data = models.JSONField(default=dict)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write once; a log that can be rewritten is none."""
        if self.pk is not None:
            raise TypeError("A journal entry is never changed.")
        super().save(*args, **kwargs)


class DueRow(Row):
    """Work still to be done, written in the same transaction as what asked for it; gone when it is done."""

    step = models.CharField(max_length=40)
    target = models.BigIntegerField()
    about = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    last_error = models.CharField(max_length=80)
    is_dead = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["is_dead", "next_at"], name="due_rows_next")]


class Change(Row):
    """That something a vendor answers by has changed; numbers follow the order of commits, so none is overlooked."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+", db_index=False)
