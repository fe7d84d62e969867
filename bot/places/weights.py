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
    7.46,  # base
    -3.11,  # other
    -1.00,  # former
    -5.37,  # village
    -2.50,  # unsure
    -2.17,  # village loose
    -0.03,  # other loose
    0.27,  # other cross
    -1.44,  # stem
    -4.84,  # stem unlike
    -0.64,  # stem tiny
    0.30,  # short
    -0.77,  # fuzzy
    -13.14,  # fuzzy unlike
    -0.70,  # fuzzy edits
    -1.38,  # fuzzy tiny
    -2.19,  # cross
    -2.06,  # cross loose
    -6.44,  # blurred
    -1.55,  # three letters
    -1.03,  # four letters
    -7.06,  # uncovered
    -5.61,  # inside
    -0.95,  # Polish letters UA
    0.02,  # Polish letters PL
    -0.92,  # Ukrainian letters PL
    -2.91,  # person
    -2.98,  # beside given name
    -3.00,  # common
    -4.51,  # foreign
    4.86,  # region
    -5.00,  # other region
    3.00,  # maybe region
    -3.00,  # other maybe region
    4.00,  # district
    -4.00,  # other district
    1.20,  # kind
    -3.24,  # other kind
    0.39,  # country
    -3.18,  # other country
    1.14,  # office
    3.90,  # village word
    -0.97,  # no village
)
