"""Random ids."""

import base64
import secrets


def new_id() -> str:
    """A random id of 96 bits, 16 characters that are safe in links and buttons."""
    return secrets.token_urlsafe(12)


def new_ids(n: int) -> list[str]:
    """That many ids, from one draw of random bits."""
    drawn = base64.urlsafe_b64encode(secrets.token_bytes(12 * n)).decode()
    return [drawn[start : start + 16] for start in range(0, 16 * n, 16)]
