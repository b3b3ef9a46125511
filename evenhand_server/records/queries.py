"""Reading keys and texts."""

from evenhand_server.records.keys import unwrap
from evenhand_server.records.models import SigningKey


def seed_of(key: SigningKey) -> bytes:
    """The private seed of a key that this server holds."""
    return unwrap(bytes(key.wrapped), key.public)


def published_key(party_id: int) -> SigningKey | None:
    """The key that a vendor signs with and publishes; the newest where it was rotated."""
    return SigningKey.objects.filter(party_id=party_id, is_published=True).order_by("-id").first()
