"""Intents, their immutable wishes, and how they end."""

from datetime import datetime, timedelta

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class BudgetShown(models.TextChoices):
    """How much of the budget sellers see."""

    SHOWN = "shown"
    BANDED = "banded"
    HIDDEN = "hidden"


class Draft(PublicRow):
    """A sentence being worked on; nobody else sees it. ``person`` is empty until its writer signs in.

    ``wish_number`` says which need it is about, where the sentence holds several; the first is 0.
    """

    person = models.ForeignKey("Person", on_delete=models.CASCADE, null=True, related_name="+")
    sentence = models.TextField(blank=True)
    country = models.CharField(max_length=2, blank=True)
    wish_number = models.PositiveSmallIntegerField(default=0)
    corrections = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    at = models.DateTimeField()


class Intent(PublicRow):
    """What a party announced it wants. Whether it is open is computed; its end is a closure."""

    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    seller_limit = models.PositiveIntegerField(default=10)
    budget_shown = models.CharField(max_length=10, choices=BudgetShown, default=BudgetShown.BANDED)
    terms = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=60)
    at = models.DateTimeField()
    closes_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["party", "at"], name="intents_of_party")]

    @property
    def last_moment(self) -> datetime:
        """The last minute in which it is open: people think of the day that ends, not of the midnight after."""
        return self.closes_at - timedelta(minutes=1)

    def is_open(self, now: datetime) -> bool:
        """Not closed, and its time not over."""
        return now < self.closes_at and not hasattr(self, "closure")


class Wish(Row):
    """One immutable version of what is wanted: the record that matching reads, and the words as typed and as veiled."""

    intent = models.ForeignKey("Intent", on_delete=models.PROTECT, related_name="wishes")
    number = models.PositiveIntegerField()
    record = models.JSONField()
    category = models.CharField(max_length=80, db_index=True)
    sentence = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    veiled = models.ForeignKey("Text", on_delete=models.PROTECT, related_name="+")
    change = models.BigIntegerField(default=0, help_text="The newest change when it was said: matching waits for it")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intent", "number"], name="one_wish_per_number")]


class Closure(Row):
    """The end of an intent: accepted, withdrawn, or its time was over."""

    class Reason(models.TextChoices):
        """Why it ended."""

        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    intent = models.OneToOneField("Intent", on_delete=models.PROTECT, related_name="closure")
    reason = models.CharField(max_length=20, choices=Reason)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Correction(Row):
    """A field that was read wrong and put right before publishing: no person, no sentence, no day.

    ``proof`` is a keyed digest over the party and all that stands here: it says how many parties put the same right,
    and is of no use to find a party's other corrections.
    """

    field = models.CharField(max_length=20)
    language = models.CharField(max_length=8, blank=True)
    words = models.CharField(max_length=80, blank=True)
    read = models.CharField(max_length=120, blank=True)
    meant = models.CharField(max_length=120, blank=True)
    proof = models.CharField(max_length=64, unique=True)


class WordSaid(Row):
    """That one more party said a word in a request, up to a few for each word; nobody can read which word, or who."""

    word = models.CharField(max_length=64)
    proof = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["word"], name="words_said")]
