"""What the operator settled for this server: one market, its operators, and their one-time address."""

from django.db import models

from evenhand_server.storage.rows import Row


class Market(Row):
    """This server's market, as its setup page was filled in; one row at most, since one database is one market."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=120)
    operator = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    languages = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    places = models.JSONField(default=list)
    kinds_not_traded = models.JSONField(default=list)
    words_not_traded = models.JSONField(default=list)
    strangers_may_register = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="one_market_per_database")]


class Operator(Row):
    """A person who looks after this server: sets it up, decides on reports, sees what was given up."""

    person = models.OneToOneField("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class SetupKey(Row):
    """A one-time address of the setup page, told to whoever starts the server; only the digest is kept."""

    digest = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
