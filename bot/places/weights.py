"""How much each piece of evidence counts; written by ``python -m benchmarks.places_data.fit``."""

# ruff: noqa: E501 - written by a program

NAMES = (
    "base", "other", "other large", "former", "village", "unsure", "village loose", "other loose", "other cross", "stem",
    "stem unlike", "stem tiny", "short", "fuzzy", "fuzzy unlike", "fuzzy edits", "fuzzy tiny", "cross", "cross loose", "blurred",
    "three letters", "four letters", "uncovered", "inside", "Polish letters UA", "Polish letters PL",
    "Ukrainian letters PL", "person", "personal", "common", "surname ending", "foreign", "region", "other region", "maybe region", "other maybe region",
    "district", "other district", "kind", "other kind", "country", "other country", "office", "village word",
    "no village",
)  # fmt: skip

WEIGHTS = (
    6.77,  # base
    -3.62,  # other
    0.61,  # other large
    -1.00,  # former
    -5.30,  # village
    -2.50,  # unsure
    -2.16,  # village loose
    1.06,  # other loose
    1.40,  # other cross
    -3.43,  # stem
    -4.66,  # stem unlike
    -2.12,  # stem tiny
    1.40,  # short
    -0.68,  # fuzzy
    -14.21,  # fuzzy unlike
    -0.48,  # fuzzy edits
    -1.28,  # fuzzy tiny
    -2.46,  # cross
    -1.90,  # cross loose
    -8.63,  # blurred
    -0.77,  # three letters
    -0.89,  # four letters
    -9.71,  # uncovered
    -5.07,  # inside
    -0.71,  # Polish letters UA
    -0.52,  # Polish letters PL
    -0.67,  # Ukrainian letters PL
    -2.15,  # person
    -3.12,  # personal
    -2.98,  # common
    -0.25,  # surname ending
    -4.93,  # foreign
    4.79,  # region
    -5.00,  # other region
    3.00,  # maybe region
    -3.00,  # other maybe region
    4.00,  # district
    -4.00,  # other district
    1.26,  # kind
    -3.04,  # other kind
    -0.51,  # country
    -3.42,  # other country
    2.12,  # office
    5.10,  # village word
    -0.77,  # no village
)
