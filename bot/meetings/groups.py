"""Which task groups a coordinator names: "mieszkaniowa", «комунальна», "ds. mieszkaniowych", "EU"."""

import re

from bot.meetings.words import fold

_STEMS = {
    1: r"(?:gospodark\w*\s+)?komunaln\w*|(?:комунальн\w*|коммунальн\w*)(?:\s+(?:господарств\w*|хозяйств\w*))?"
    r"|communal\w*(?:\s+services)?|municipal services|жкг",
    2: r"mieszkaniow\w*|mieszkalnictw\w*|mieszkani(?:a|e|ach|om)?|житлов\w*|житло|житла|жилищн\w*|housing",
    3: r"(?:(?:pomoc\w*|допомог\w*)\s+)?(?:social\w*|spoleczn\w*|socjaln\w*|humanitar\w*"
    r"|соціальн\w*|гуманітарн\w*|социальн\w*|гуманитарн\w*)"
    r"(?:\s*(?:i|oraz|та|й|і|и|and|&|-)\s*(?:humanitar\w*|гуманітарн\w*|гуманитарн\w*|spoleczn\w*"
    r"|соціальн\w*|social\w*))?(?:\s+(?:aid|допомог\w*|pomoc\w*))?|aid|pomocow\w*",
    4: r"(?:integracj\w*|integracyjn\w*|інтеграці\w*|євроінтеграці\w*)"
    r"(?:\s+(?:z\s+|до\s+|з\s+)?(?:ue|unia|unii|europejsk\w*|єс|європейськ\w*))?"
    r"|eurointegracj\w*|европейск\w*|європейськ\w* інтеграці\w*"
    r"|eu integration|ue|unijn\w*|europejsk\w*|єс|eu|integration",
}
_NAMES = re.compile("|".join(rf"(?<!\w)(?P<g{group}>{stems})(?!\w)" for group, stems in _STEMS.items()))
_AND = r"\s*(?:\+|i|oraz|та|і|й|and|&|/)\s*"
_NUMBERS = re.compile(
    rf"(?:grup\w*|груп\w*|groups?)\s*(?:nr|no\.?|№)?\s*(?P<n>[1-4](?:{_AND}[1-4])*)(?![\w:.]|-[0-9])"
)
_WORD = re.compile(
    r"(?<!\w)(?:(?:zadaniow\w*|тематичн\w*|task|робоч\w*|robocz\w*)\s+)*"
    r"(?P<group>grup(?:a|y|ie|e|om)?|груп(?:а|и|і|у|ам)?|groups?|spotkanie|зустріч|нарада|meeting)\s*(?:zadaniow\w*|robocz\w*)?\s*"
    r"(?:ds\.?|do spraw|for|on|з питань|з|із|щодо|по)?\s*"
)
_BEHIND = re.compile(r"\s+(?:task\s+)?(?:groups?|груп\w*|grup\w*|meeting|зустріч|нарада)(?!\w)")
_JOIN = re.compile(_AND)
_LIST = re.compile(rf"{_AND}|\s*,\s*")
_PLURAL = ("grupy", "grup", "grupom", "групи", "груп", "групам", "groups")


def named_groups(text: str) -> list[tuple[int, int, int]]:
    """Groups named anywhere in the text, ``(group, start, end)`` in order."""
    folded = fold(text)
    found = [
        (int(n), match.start(), match.end())
        for match in _NUMBERS.finditer(folded)
        for n in re.findall("[1-4]", match["n"])
    ]
    for match in _NAMES.finditer(folded):
        group = next(int(name[1:]) for name, value in match.groupdict().items() if value)
        found.append((group, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def called_groups(text: str) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Groups that are called and not merely the topic ("remonty mieszkaniowe"), with the spans used.

    They stand beside the word "group" or "meeting", or fill a part between commas alone.
    Both are empty when none is called.
    """
    folded = fold(text)
    if numbers := _NUMBERS.search(folded):
        return tuple(dict.fromkeys(map(int, re.findall("[1-4]", numbers["n"])))), (numbers.span(),)
    named = named_groups(text)
    for index, (_, start, _) in enumerate(named):
        intro = next((match for match in _WORD.finditer(folded, 0, start) if match.end() == start), None)
        run = _run(folded, named[index:], _LIST if intro and intro["group"] in _PLURAL else _JOIN)
        behind = _BEHIND.match(folded, run[-1][2])
        if intro or behind:
            span = (intro.start() if intro else start, behind.end() if behind else run[-1][2])
            return _unique(run), (span,)
    alone = [item for item in named if _alone(folded, item)]
    return _unique(alone), tuple((start, end) for _, start, end in alone)


def _run(folded: str, named: list[tuple[int, int, int]], join: re.Pattern[str]) -> list[tuple[int, int, int]]:
    run = named[:1]
    for item in named[1:]:
        if not join.fullmatch(folded, run[-1][2], item[1]):
            break
        run.append(item)
    return run


def _alone(folded: str, item: tuple[int, int, int]) -> bool:
    before = re.search(r"(?:^|[,;\n:+])\s*$", folded[: item[1]])
    return bool(before and re.match(r"\s*(?:$|[,;\n+])", folded[item[2] :]))


def _unique(named: list[tuple[int, int, int]]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(group for group, _, _ in named))
