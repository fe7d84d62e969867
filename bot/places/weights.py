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
    6.62,  # base
    -3.76,  # other
    0.78,  # other large
    -1.00,  # former
    -5.21,  # village
    -2.50,  # unsure
    -2.32,  # village loose
    1.12,  # other loose
    1.42,  # other cross
    -3.35,  # stem
    -4.81,  # stem unlike
    -2.15,  # stem tiny
    1.03,  # short
    -0.57,  # fuzzy
    -14.01,  # fuzzy unlike
    -0.35,  # fuzzy edits
    -1.54,  # fuzzy tiny
    -2.69,  # cross
    -2.14,  # cross loose
    -8.20,  # blurred
    -1.16,  # three letters
    -0.93,  # four letters
    -9.16,  # uncovered
    -5.13,  # inside
    -0.95,  # Polish letters UA
    -0.14,  # Polish letters PL
    -0.82,  # Ukrainian letters PL
    -2.17,  # person
    -2.99,  # personal
    -3.00,  # common
    -0.38,  # surname ending
    -4.99,  # foreign
    4.79,  # region
    -5.00,  # other region
    3.00,  # maybe region
    -3.00,  # other maybe region
    4.00,  # district
    -4.00,  # other district
    1.41,  # kind
    -3.42,  # other kind
    -0.59,  # country
    -3.41,  # other country
    1.85,  # office
    4.84,  # village word
    -0.68,  # no village
)
