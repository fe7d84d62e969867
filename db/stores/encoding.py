"""JSON for columns."""

import json

dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Data as compact JSON; one encoder for all, as making one costs more than using it."""
