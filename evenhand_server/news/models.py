"""What a person is told, and how they want to be told."""

from datetime import time

from django.db import models

from evenhand_server.news.kinds import How, Kind
from evenhand_server.storage.rows import PublicRow, Row


class News(PublicRow):
    """Something that happened and that a person wants to know: what, where to look, and whether they have seen it."""

    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    what = models.CharField(max_length=40)
    about = models.CharField(max_length=80, blank=True)
    """The kind of thing that it is about, by its node of the tree: a code, so no words."""
    dealing = models.ForeignKey("Dealing", on_delete=models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=80, blank=True)
    """Of the record that was signed, so that whoever keeps this can find a record that was cut off later."""
    path = models.CharField(max_length=200)
    letter = models.ForeignKey("Letter", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="news_newest"),
            models.Index(fields=["person", "path"], name="news_unseen", condition=models.Q(seen_at__isnull=True)),
        ]


class MailChoice(Row):
    """How a person hears of one kind of news by mail; where there is no row, at once."""

    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in Kind])
    how = models.CharField(max_length=10, choices=[(how.value, how.value) for how in How])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="one_mail_choice_per_kind")]


class MailHours(Row):
    """When a person wants mail: the time of the daily one, and quiet hours, by the clock where they live."""

    person = models.OneToOneField("Person", on_delete=models.CASCADE, related_name="+")
    daily_at = models.TimeField(default=time(8))
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)


class Feed(Row):
    """The secret address of a person's feed; only its digest is kept, so a new one is made where it is lost."""

    person = models.OneToOneField("Person", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
