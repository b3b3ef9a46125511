"""Wrapping private keys under the master key, which lies outside of the database and its backups."""

import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from evenhand_server.environment import read_secret

NONCE_BYTES = 12
"""Source: NIST SP 800-38D recommends 96-bit nonces for GCM."""
MASTER, NEXT, RETIRED = "master.key", "master.key.next", "master.key.retired"
"""While the master key changes there are two: the one in use and the next, or the one in use and the retired."""


def wrap(seed: bytes, public: str) -> bytes:
    """Wrap a private seed (AES-256-GCM), bound to its public key, as nonce and ciphertext."""
    return wrap_under(master_key(), seed, public)


def wrap_under(master: bytes, seed: bytes, public: str) -> bytes:
    """Wrap under this master key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(master).encrypt(nonce, seed, public.encode())


def unwrap(wrapped: bytes, public: str) -> bytes:
    """The private seed again; while the master key changes, under whichever of the two fits."""
    for master in master_keys():
        try:
            return unwrap_under(master, wrapped, public)
        except InvalidTag:
            continue
    raise InvalidTag


def unwrap_under(master: bytes, wrapped: bytes, public: str) -> bytes:
    """The private seed, if it was wrapped under this master key."""
    return AESGCM(master).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], public.encode())


def master_key() -> bytes:
    """The master key of this server, made at its first start; while it changes, the next one."""
    folder = settings.ENVIRONMENT.secrets_folder
    return read_secret(folder, NEXT if (folder / NEXT).exists() else MASTER)


def master_keys() -> list[bytes]:
    """All master keys under which something may be wrapped now, the likeliest first.

    The names are read twice: a change may put the next key in its place between two looks.
    """
    found: list[bytes] = []
    for _ in range(2):
        for name in (NEXT, MASTER, RETIRED):
            key = key_in(settings.ENVIRONMENT.secrets_folder / name)
            if key and key not in found:
                found.append(key)
    return found


def key_in(file: Path) -> bytes:
    """The key in a file; nothing when there is no such file."""
    try:
        return bytes.fromhex(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        return b""
