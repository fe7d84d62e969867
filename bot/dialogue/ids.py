"""Random ids."""

import secrets


def new_id() -> str:
    """A random id of 96 bits, 16 characters that are safe in links and buttons."""
    return secrets.token_urlsafe(12)
