"""The numbers of ``weights.toml``, read once."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

_TABLES = tomllib.loads(files("bot.matching").joinpath("weights.toml").read_text(encoding="utf-8"))

WEIGHTS: Mapping[str, float] = _TABLES["weights"]
CONCEPT_FALL: float = _TABLES["order"]["concepts"]
SUBTOPIC_FALL: float = _TABLES["order"]["subtopics"]
FRAMES: frozenset[str] = frozenset(_TABLES["frames"]["concepts"])
HALF_LIFE_DAYS: float = _TABLES["freshness"]["half_life"]
URGENT_HALF_LIFE_DAYS: float = _TABLES["freshness"]["urgent_half_life"]
LEAST_AVAILABLE: float = _TABLES["availability"]["least"]
UNKNOWN: float = _TABLES["limits"]["unknown"]
COGNATES_ALONE: float = _TABLES["limits"]["cognates_alone"]
FAR_KM: float = _TABLES["limits"]["far_km"]
SIZE_RATIO: float = _TABLES["limits"]["size_ratio"]
KEPT_PLACE: float = _TABLES["limits"]["kept_place"]
RESCORED: int = _TABLES["limits"]["rescored"]
