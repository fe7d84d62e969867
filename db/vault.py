"""Seals columns that a stolen copy of the database must not give away.

AES-GCM; what is sealed belongs to its place, ``table.column/row``, so that it cannot be moved to another
row. A key beside the database file protects a backup or a copied file, not a seized disk.
"""

import base64
import hashlib
import os
import secrets
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import ConfigurationError

NONCE = 12
SHORTEST_SECRET = 16


class Vault:
    """Seals and opens with one master key."""

    def __init__(self, secret: str) -> None:
        if len(secret) < SHORTEST_SECRET:
            raise ConfigurationError(f"the secret key must have at least {SHORTEST_SECRET} characters")
        key = hashlib.sha256(b"mistok columns" + secret.encode()).digest()
        self._key_id = hashlib.sha256(key).hexdigest()[:8]
        self._cipher = AESGCM(key)

    @classmethod
    def passing(cls) -> Self:
        """A vault whose key nobody keeps, for databases that do not outlive the process."""
        return cls(secrets.token_urlsafe(32))

    @classmethod
    def beside(cls, path: str) -> Self:
        """The vault of a database file: its key is the file ``path.key``, made on first use with mode 0600.

        Raises:
            ConfigurationError: The file can be neither read nor made.
        """
        file = Path(f"{path}.key")
        try:
            made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        except OSError as error:
            raise ConfigurationError(f"the key file {file} cannot be made: {error.strerror}") from None
        else:
            with os.fdopen(made, "w", encoding="ascii") as opened:
                opened.write(secrets.token_urlsafe(32))
        try:
            return cls(file.read_text(encoding="ascii").strip())
        except (OSError, UnicodeDecodeError):
            raise ConfigurationError(f"the key file {file} cannot be read") from None

    def seal(self, text: str, place: str) -> str:
        """``text`` as only this key opens it, at this place; the empty text stays empty."""
        if not text:
            return ""
        nonce = secrets.token_bytes(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), self._bound(place))
        return f"1.{self._key_id}.{base64.urlsafe_b64encode(sealed).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """What was sealed.

        Raises:
            ConfigurationError: Another key sealed it, or it was changed or moved.
        """
        if not sealed:
            return ""
        try:
            version, key_id, data = sealed.split(".")
            raw = base64.urlsafe_b64decode(data)
            if version == "1" and key_id == self._key_id:
                return self._cipher.decrypt(raw[:NONCE], raw[NONCE:], self._bound(place)).decode()
        except (ValueError, InvalidTag):
            pass
        raise ConfigurationError(
            "a sealed column does not open: is MISTOK_SECRET_KEY the one it was sealed with?"
        )

    def _bound(self, place: str) -> bytes:
        return f"{self._key_id}/{place}".encode()
