"""Lists of sellers one knows, invitations of an intent, their links, and the guests who come by them."""

from datetime import datetime

from django.db import models

from evenhand_server.storage.rows import PublicRow, Row


class SupplierList(PublicRow):
    """Sellers that a party knows, kept by the party under a name and used again."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["party", "name"], name="one_supplier_list_per_name")]


class Supplier(PublicRow):
    """One seller in a list: a mailbox, and what the party calls it. The note is the party's own and goes nowhere."""

    list = models.ForeignKey("SupplierList", on_delete=models.CASCADE, related_name="suppliers")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    group = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["list", "email"], name="one_supplier_per_list_and_mailbox")]


class SupplierSheet(PublicRow):
    """A file that was read and is being looked at; it becomes a list once somebody says so, and goes with the next."""

    party = models.ForeignKey("Party", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    at = models.DateTimeField()


class Invitation(PublicRow):
    """One mailbox asked to answer one intent. ``mailbox`` is its keyed digest; address and name are erasable."""

    class Source(models.TextChoices):
        """How the address came here."""

        PASTED = "pasted"
        LIST = "list"
        ASKED = "asked"
        DIRECTORY = "directory"

    intent = models.ForeignKey("Intent", on_delete=models.PROTECT, related_name="+")
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=120, blank=True)
    mailbox = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=Source)
    by = models.ForeignKey("Person", on_delete=models.PROTECT, null=True, related_name="+")
    dealing = models.OneToOneField("Dealing", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intent", "mailbox"], name="one_invitation_per_mailbox")]


class Link(PublicRow):
    """A way in. Only the digest of its token is kept; without an invitation it is public and shows the teaser alone."""

    intent = models.ForeignKey("Intent", on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField("Invitation", on_delete=models.PROTECT, null=True, related_name="link")
    digest = models.CharField(max_length=80, unique=True)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def works(self, now: datetime) -> bool:
        """Not taken back, and its time not over."""
        return now < self.expires_at and not hasattr(self, "revocation")


class LinkRevocation(Row):
    """A link taken back: it opens nothing from now on."""

    link = models.OneToOneField("Link", on_delete=models.PROTECT, related_name="revocation")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class MailCode(Row):
    """A code sent to an invited mailbox; only its digest is kept, and few tries are taken."""

    invitation = models.ForeignKey("Invitation", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=80, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    expires_at = models.DateTimeField()


class Guest(Row):
    """The party under which one mailbox answers one asker without an account; another asker's guest is another."""

    asker = models.ForeignKey("Party", on_delete=models.PROTECT, related_name="+")
    mailbox = models.CharField(max_length=64)
    email = models.EmailField(blank=True)
    membership = models.OneToOneField("Membership", on_delete=models.PROTECT, related_name="+")
    party = models.OneToOneField("Party", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "mailbox"], name="one_guest_per_asker_and_mailbox")]


class Claim(Row):
    """A guest who has an account now: what the guest did stands in it."""

    guest = models.OneToOneField("Guest", on_delete=models.PROTECT, related_name="claim")
    by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Silence(Row):
    """A mailbox that wants no more invitations from this server; only its keyed digest is kept."""

    mailbox = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
