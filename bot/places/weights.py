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
    6.14,  # base
    -2.15,  # other
    -1.00,  # former
    -4.80,  # village
    -2.50,  # unsure
    -1.75,  # village loose
    -0.90,  # other loose
    -0.35,  # other cross
    -1.31,  # stem
    -5.06,  # stem unlike
    -0.64,  # short
    -0.50,  # fuzzy
    -12.35,  # fuzzy unlike
    -0.65,  # fuzzy edits
    -1.03,  # fuzzy tiny
    -1.29,  # cross
    -1.43,  # cross loose
    -5.10,  # blurred
    -1.81,  # three letters
    -1.47,  # four letters
    -4.80,  # uncovered
    -6.03,  # inside
    -1.01,  # Polish letters UA
    0.12,  # Polish letters PL
    -0.64,  # Ukrainian letters PL
    -4.48,  # person
    -4.97,  # foreign
    5.00,  # region
    -5.00,  # other region
    3.00,  # maybe region
    -3.00,  # other maybe region
    4.00,  # district
    -4.00,  # other district
    1.21,  # kind
    -3.32,  # other kind
    0.63,  # country
    -3.13,  # other country
    0.99,  # office
    2.81,  # village word
    -0.94,  # no village
)
