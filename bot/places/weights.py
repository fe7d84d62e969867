"""How much each piece of evidence counts; written by ``python -m benchmarks.places_data.fit``."""

# ruff: noqa: E501 - written by a program

NAMES = (
    "base", "other", "other large", "former", "village", "unsure", "village loose", "other loose", "other cross", "stem",
    "stem unlike", "stem tiny", "short", "fuzzy", "fuzzy unlike", "fuzzy edits", "fuzzy tiny", "cross", "cross loose", "blurred",
    "three letters", "four letters", "uncovered", "inside", "Polish letters UA", "Polish letters PL",
    "Ukrainian letters PL", "person", "personal", "common", "surname ending", "foreign", "region", "other region", "maybe region", "other maybe region",
    "district", "other district", "kind", "other kind", "country", "other country", "office", "village word",
    "no village", "low beside capitals", "low unsaid", "low ordinary", "low ordinary bare", "from",
    "ordinary alone", "ordinary loose", "masculine alone",
)  # fmt: skip

WEIGHTS = (
    6.39,  # base
    -3.14,  # other
    0.61,  # other large
    -1.00,  # former
    -5.16,  # village
    -2.50,  # unsure
    -2.23,  # village loose
    0.88,  # other loose
    1.09,  # other cross
    -3.62,  # stem
    -4.35,  # stem unlike
    -1.18,  # stem tiny
    1.70,  # short
    -0.19,  # fuzzy
    -14.30,  # fuzzy unlike
    -0.11,  # fuzzy edits
    -1.22,  # fuzzy tiny
    -2.47,  # cross
    -1.94,  # cross loose
    -8.52,  # blurred
    -0.75,  # three letters
    -0.55,  # four letters
    -10.81,  # uncovered
    -4.92,  # inside
    -0.79,  # Polish letters UA
    0.45,  # Polish letters PL
    -0.56,  # Ukrainian letters PL
    -2.35,  # person
    -3.70,  # personal
    -3.08,  # common
    -2.79,  # surname ending
    -4.81,  # foreign
    4.78,  # region
    -5.00,  # other region
    3.00,  # maybe region
    -3.00,  # other maybe region
    4.00,  # district
    -4.00,  # other district
    0.86,  # kind
    -3.05,  # other kind
    -0.42,  # country
    -3.43,  # other country
    2.40,  # office
    5.21,  # village word
    -0.91,  # no village
    -0.72,  # low beside capitals
    -1.29,  # low unsaid
    -1.68,  # low ordinary
    -2.31,  # low ordinary bare
    0.21,  # from
    -1.50,  # ordinary alone
    -2.00,  # ordinary loose
    -1.50,  # masculine alone
)
