"""What programs send and get about keys and signatures."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from evenhand.records import canonical
from evenhand_server.keys.models import KeyChange
from evenhand_server.programs.fields import Asked, Id, Line, Shown
from evenhand_server.records.models import SigningKey
from evenhand_server.terms.models import AwaitedSignature

Public = Annotated[
    Line, Field(min_length=1, max_length=120, examples=["did:key:z6Mkf5rGMoatrSj1f4CyvuHBeXJELe9RPdzo2PKGNCKVtZxP"])
]


class KeyShown(Shown):
    """A key that signs for your party; ``custody`` says who holds its private half."""

    id: str
    key: str
    custody: str
    since: datetime

    @classmethod
    def of(cls, key: SigningKey) -> Self:
        """This key."""
        return cls(id=key.public_id, key=key.public, custody=key.custody, since=key.at)


class KeyChangeAsked(Asked):
    """A public key of your own to sign with from now on; empty to let this server hold one again."""

    key: Annotated[Line, Field(max_length=120)] = ""
    dealing: Annotated[Id | None, Field(description="One in which you ask; left out: the key that you publish")] = None


class KeyChangeShown(Shown):
    """A change of keys. ``statement`` is the exact text to sign; ``awaits`` are the keys that have not signed it."""

    id: str
    old: str
    new: str
    custody: str
    dealing: str | None
    statement: str
    awaits: list[str]
    at: datetime

    @classmethod
    def of(cls, change: KeyChange) -> Self:
        """This change."""
        made = {one["key"] for one in change.signatures}
        return cls(
            id=change.public_id,
            old=change.old.public,
            new=change.new.public,
            custody=change.new.custody,
            dealing=change.dealing.public_id if change.dealing is not None else None,
            statement=change.data,
            awaits=[key for key in (change.old.public, change.new.public) if key not in made],
            at=change.at,
        )


class SignatureAsked(Asked):
    """A signature as `evenhand sign` prints it."""

    custody: Annotated[Line, Field(max_length=20, examples=["own_device"])]
    key: Public
    value: Annotated[Line, Field(max_length=120)]

    @property
    def content(self) -> bytes:
        """The same as a file."""
        return canonical(self.model_dump())


class ChangeSignedShown(Shown):
    """Whether the change is done, or what it still awaits."""

    is_done: bool
    change: KeyChangeShown | None


class AwaitedShown(Shown):
    """A record that waits for your device until ``expires_at``; ``data`` is the exact text to sign."""

    id: str
    dealing: str
    kind: str
    digest: str
    key: str
    data: str
    at: datetime
    expires_at: datetime
    time_zone: str

    @classmethod
    def of(cls, awaited: AwaitedSignature) -> Self:
        """This record."""
        record = awaited.record
        return cls(
            id=awaited.public_id,
            dealing=record.dealing.public_id,
            kind=record.kind,
            digest=record.digest,
            key=awaited.key.public,
            data=record.data,
            at=awaited.at,
            expires_at=awaited.expires_at,
            time_zone=awaited.time_zone,
        )
