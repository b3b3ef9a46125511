"""What all rows have in common: a number inside, and for what people see a random id outside."""

import secrets

from django.db import models

ID_BYTES = 16


def new_id() -> str:
    """A random 128-bit id as 32 hex digits; it says nothing of when or for whom it was made."""
    return secrets.token_hex(ID_BYTES)


class Row(models.Model):
    """A row of any table."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        """Show the kind of row and its number; never its content, because logs may show it."""
        return f"{type(self).__name__} {self.pk}"


class PublicRow(Row):
    """A row that people and programs may name by its random id."""

    public_id = models.CharField(max_length=32, unique=True, default=new_id, editable=False)

    class Meta:
        abstract = True
