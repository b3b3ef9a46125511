"""Interests, their immutable versions, their end, and the rows by which matching finds them."""

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class Interest(PublicRow):
    """What a vendor stands ready to answer."""

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class InterestVersion(Row):
    """One immutable version: the record that matching reads and the words as typed."""

    interest = models.ForeignKey("Interest", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    record = models.JSONField()
    sentence = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    is_newest = models.BooleanField(default=True, db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["interest", "number"], name="one_interest_version_per_number"),
            models.UniqueConstraint(
                fields=["interest"], condition=models.Q(is_newest=True), name="one_newest_interest_version"
            ),
        ]


class Retirement(Row):
    """The vendor no longer answers such intents."""

    interest = models.OneToOneField("Interest", on_delete=models.PROTECT, related_name="retirement")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class StandingAcceptance(Row):
    """Terms that a vendor accepts from anybody, once and for all."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    terms = models.CharField(max_length=40)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "terms"], name="one_standing_acceptance_per_terms")]


class Standing(Row):
    """What an interest answers now, in the numbers that SQL compares; gone when it is retired."""

    interest = models.OneToOneField("Interest", on_delete=models.CASCADE, related_name="+")
    version = models.OneToOneField("InterestVersion", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+", db_index=False)
    is_priced = models.BooleanField()
    currency = models.CharField(max_length=80)
    period = models.CharField(max_length=80)
    lowest = models.BigIntegerField()
    highest = models.BigIntegerField()
    x = models.BigIntegerField(help_text="The centre as a vector of whole units")
    y = models.BigIntegerField()
    z = models.BigIntegerField()
    reach = models.BigIntegerField(help_text="Squared, in units")
    fewest = models.BigIntegerField()
    most = models.BigIntegerField()
    conditions = models.IntegerField(help_text="One bit for each")
    languages = models.BigIntegerField(help_text="One bit for each that is listed, one for all others; 0 for any")
    other_languages = models.JSONField(default=list)
    has_words = models.BooleanField()
    words_wanted = models.JSONField(default=list)
    words_excluded = models.JSONField(default=list)


class Posting(models.Model):
    """One key (category and place cell) under which a standing interest is looked up."""

    pk = models.CompositePrimaryKey("key", "standing_id")
    key = models.BigIntegerField()
    standing = models.ForeignKey("Standing", on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        """Show the key."""
        return f"Posting {self.key}"


class Said(models.Model):
    """The words of a standing interest as full text finds them; its index is made and kept by the database itself."""

    standing = models.OneToOneField("Standing", on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = models.TextField()

    def __str__(self) -> str:
        """Show the number; never the words."""
        return f"Said {self.pk}"
