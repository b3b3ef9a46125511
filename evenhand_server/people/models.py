"""Persons, the parties they act for, and the memberships that let them."""

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone

from evenhand_server.people.roles import Role
from evenhand_server.storage.rows import PublicRow, Row, new_id


class Person(AbstractBaseUser, PermissionsMixin):
    """A human with an account. Everything is done by a person."""

    public_id = models.CharField(max_length=32, unique=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=60, default="Europe/London")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["email"]
    objects = UserManager()

    def __str__(self) -> str:
        """Show the number, never the name: logs may show it."""
        return f"Person {self.pk}"


class Party(PublicRow):
    """Whom a person acts for: themself (``person`` is set) or an organisation."""

    person = models.OneToOneField("Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    verified_domain = models.CharField(max_length=253, blank=True)
    verified_until = models.DateTimeField(null=True)
    at = models.DateTimeField()

    @property
    def is_verified(self) -> bool:
        """Whether it has shown that its domain is its own, and that still counts."""
        return self.verified_until is not None and timezone.now() < self.verified_until

    @property
    def is_organisation(self) -> bool:
        """A party of several people, each through a membership."""
        return self.person_id is None


class Organisation(Row):
    """What is known of a party that is an organisation."""

    party = models.OneToOneField("Party", on_delete=models.PROTECT, related_name="+")
    about = models.TextField(blank=True)
    website = models.URLField(blank=True)
    country = models.CharField(max_length=2, blank=True)


class Membership(PublicRow):
    """A person in a role for a party; it ends by a departure, not by being deleted."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "party", "role"], name="one_membership_per_role")]


class Departure(Row):
    """The end of a membership, and of every token that hangs on it."""

    membership = models.OneToOneField("Membership", on_delete=models.PROTECT, related_name="departure")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Detail(Row):
    """One field of a party's identity, held back until it is disclosed under an agreement."""

    class Field(models.TextChoices):
        """What may be disclosed, one by one."""

        NAME = "name"
        EMAIL = "email"
        PHONE = "phone"
        STREET = "street"
        TOWN = "town"
        POSTCODE = "postcode"

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=20, choices=Field)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "field"], name="one_detail_per_field")]


class TermsPreference(Row):
    """What a party thinks of one entry of the roster; ``place`` is its order, best first."""

    class Stand(models.TextChoices):
        """Named first, taken when somebody asks for them, asked about each time, or never taken."""

        ALWAYS = "always"
        IF_ASKED = "if_asked"
        ASK = "ask"
        NEVER = "never"

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    terms = models.CharField(max_length=40)
    stand = models.CharField(max_length=10, choices=Stand)
    place = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "terms"], name="one_preference_per_terms")]


class Token(PublicRow):
    """A program's way in: one person in one membership. Only the digest is kept."""

    membership = models.ForeignKey("Membership", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()


class KeptDeals(Row):
    """With how many others a party made a deal that nobody complained of; a worker renews it a week after each."""

    party = models.OneToOneField("Party", on_delete=models.CASCADE, related_name="+")
    count = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["count"], name="kept_deals_by_count")]


class Block(PublicRow):
    """A party that wants to hear nothing more of another, and the dealing in which it met it.

    There may be several of one pair: that a second one changes nothing would tell that two dealings are of one party.
    """

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    blocked = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    dealing = models.ForeignKey("Dealing", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "dealing"], name="one_block_per_dealing")]


class Pause(Row):
    """A party that may neither ask nor answer for a time; ``why`` is the random id of the report that led to it."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=32, unique=True)
    until = models.DateTimeField()
