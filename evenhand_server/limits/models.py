"""What is kept of a limit: for one subject and one thing, when its whole allowance will be back."""

from django.db import models

from evenhand_server.storage.rows import Row


class Allowance(Row):
    """How much of a limit is used up, as one moment: when all of it will have come back.

    ``subject`` is a keyed digest of a person or of a network address: nobody can read from it who it was. A row whose
    moment is over says nothing any more and is pruned.
    """

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=64)
    full_at = models.BigIntegerField(db_index=True, help_text="Microseconds since 1970, UTC")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "subject"], name="one_allowance_per_kind_and_subject")]
