"""Wrapping private keys under the master key, which lies outside of the database and its backups."""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from evenhand_server.environment import read_secret

NONCE_BYTES = 12
"""Source: NIST SP 800-38D recommends 96-bit nonces for GCM."""


def wrap(seed: bytes, public: str) -> bytes:
    """Wrap a private seed (AES-256-GCM), bound to its public key, as nonce and ciphertext."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(master_key()).encrypt(nonce, seed, public.encode())


def unwrap(wrapped: bytes, public: str) -> bytes:
    """The private seed again."""
    return AESGCM(master_key()).decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], public.encode())


def master_key() -> bytes:
    """The master key of this server, made at its first start."""
    return read_secret(settings.ENVIRONMENT.secrets_folder, "master.key")
