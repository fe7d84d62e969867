"""A message cut into the stretches that may each be a need or an offer of their own."""

import re
from collections.abc import Sequence

from bot.matching.normalise import Token

_HARD = re.compile(r"[!?;\n•]|\.(?=\s|$)|(?:^|\s)[-–—*](?=\s)|(?<=\s)\d+\)")
_SHORTENED = frozenset(
    "м вул обл р рр тис млн шт грн кв куб п т т.д т.п ін напр св ul szt tys mln zł m in np itp pow woj r nr gm pcs no km см мм л кг год".split()
)
_JOINING = frozenset(
    "та і й и або чи також ще плюс окрім крім додатково окремо а теж еще также плюс"
    " oraz i lub ponadto dodatkowo również także też plus a and also plus additionally or moreover besides second".split()
)
_LEADING = frozenset(
    "для на в у з із зі до від по без під біля про при за к о від од dla na w we z ze do od bez pod o przy za"
    " for to of in with without on at from about by".split()
)


def sentence_starts(text: str, typed: Sequence[Token]) -> set[int]:
    """Indices of tokens that begin a sentence or a list item; 0 is always one."""
    starts = {0}
    for index in range(1, len(typed)):
        gap = text[typed[index - 1].end : typed[index].start]
        if not gap.strip():
            if "\n" in gap:
                starts.add(index)
            continue
        if gap.strip() == "." and typed[index - 1].key in _SHORTENED:
            continue
        if _HARD.search(gap):
            starts.add(index)
    return starts


def soft_starts(text: str, typed: Sequence[Token]) -> set[int]:
    """Indices of tokens after a comma or a joining word, where another need may begin."""
    starts = set()
    for index in range(1, len(typed)):
        gap = text[typed[index - 1].end : typed[index].start]
        if re.search(r"[,:+/(]", gap) or typed[index].key in _JOINING:
            starts.add(index)
    return starts


def leads(token: Token) -> bool:
    """Whether a word ties what follows to what stands before it: "for", "для", "do"."""
    return token.key in _LEADING


def joins(token: Token) -> bool:
    """Whether a word only strings needs together: "and", "also"."""
    return token.key in _JOINING
