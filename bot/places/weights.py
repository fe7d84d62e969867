"""How much each piece of evidence counts; written by ``python -m benchmarks.places_data.fit``."""

# ruff: noqa: E501 - written by a program

NAMES = (
    "base", "other", "former", "village", "unsure", "village loose", "other loose", "other cross", "stem",
    "stem unlike", "short", "fuzzy", "fuzzy unlike", "fuzzy edits", "fuzzy tiny", "cross", "cross loose", "blurred",
    "three letters", "four letters", "uncovered", "inside", "Polish letters UA", "Polish letters PL",
    "Ukrainian letters PL", "person", "foreign", "region", "other region", "maybe region", "other maybe region",
    "district", "other district", "kind", "other kind", "country", "other country", "office", "village word",
    "no village",
)  # fmt: skip

WEIGHTS = (
    6.0, -1.0, -1.0, -4.0, -2.5, -1.5, -1.0, -0.5, -0.6,
    -5.0, -1.0, -1.0, -12.0, -1.0, -1.0, -0.7, -1.0, -4.0,
    -2.0, -0.7, -3.0, -6.0, -1.0, 0.5,
    -0.5, -5.0, -5.0, 5.0, -5.0, 3.0, -3.0,
    4.0, -4.0, 1.5, -3.0, 1.0, -3.0, 1.0, 2.5,
    -0.5,
)  # fmt: skip
