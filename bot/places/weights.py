"""How much each piece of evidence counts; written by ``python -m benchmarks.places_data.fit``."""

# ruff: noqa: E501 - written by a program

NAMES = (
    "base", "other", "former", "village", "unsure", "village loose", "other loose", "other cross", "stem",
    "stem unlike", "stem tiny", "short", "fuzzy", "fuzzy unlike", "fuzzy edits", "fuzzy tiny", "cross", "cross loose", "blurred",
    "three letters", "four letters", "uncovered", "inside", "Polish letters UA", "Polish letters PL",
    "Ukrainian letters PL", "person", "beside given name", "common", "foreign", "region", "other region", "maybe region", "other maybe region",
    "district", "other district", "kind", "other kind", "country", "other country", "office", "village word",
    "no village",
)  # fmt: skip

WEIGHTS = (
    6.99,  # base
    -2.82,  # other
    -1.00,  # former
    -4.93,  # village
    -2.50,  # unsure
    -2.01,  # village loose
    -0.49,  # other loose
    -0.19,  # other cross
    -1.60,  # stem
    -5.08,  # stem unlike
    -0.76,  # stem tiny
    -0.11,  # short
    -0.72,  # fuzzy
    -12.79,  # fuzzy unlike
    -0.80,  # fuzzy edits
    -1.34,  # fuzzy tiny
    -2.02,  # cross
    -2.03,  # cross loose
    -5.80,  # blurred
    -1.58,  # three letters
    -1.46,  # four letters
    -6.04,  # uncovered
    -5.70,  # inside
    -0.93,  # Polish letters UA
    0.02,  # Polish letters PL
    -0.80,  # Ukrainian letters PL
    -3.62,  # person
    -3.45,  # beside given name
    -2.99,  # common
    -4.84,  # foreign
    5.00,  # region
    -5.00,  # other region
    3.00,  # maybe region
    -3.00,  # other maybe region
    4.00,  # district
    -4.00,  # other district
    1.11,  # kind
    -3.20,  # other kind
    0.39,  # country
    -3.18,  # other country
    0.93,  # office
    3.51,  # village word
    -1.03,  # no village
)
