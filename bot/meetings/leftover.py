"""What of an announcement is not understood yet, until the title is what remains."""

import re
from collections.abc import Iterable

from bot.meetings.links import find_links

_COMMAND = re.compile(
    r"\s*/meeting\b\s*|\s*(?:(?:nowe|nowa|нова|нове|нову|новая|new)\s+)?"
    r"(?:spotkanie|posiedzenie|narad[aę]|webinarium|зустріч|нарад[ау]|засідання|встреча|meeting)"
    r"(?:\s+online|\s+онлайн)?\s*[:\-–—]\s*",
    re.IGNORECASE,
)


def is_call(text: str) -> bool:
    """Whether the text begins like a call for a meeting: "nowe spotkanie: …"."""
    return bool(_COMMAND.match(text))


def _label(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[\n,;.]))\s*(?:{words})\s*[:\-–—]\s*", re.IGNORECASE)


TITLE = _label("temat|tytuł|тема|назва|title|topic|subject")
AGENDA = _label("agenda|porządek(?: obrad)?|program|порядок(?: денний)?|програма|повестка(?: дня)?")
CONTACT = _label(
    "kontakt|osoba kontaktowa|organizator(?:ka)?|контакт|контактна особа|організатор(?:ка)?|"
    "contact|organi[sz]er"
)
_LABELLED_END = re.compile(r"\n|[,;.]\s*(?=\w+(?: \w+)?\s*:\s)|\.\s*$|$")
MAIL_OR_PHONE = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\+[0-9][0-9 ()-]{7,17}[0-9]", re.ASCII)

_PLATFORMS = "zoom|teams|ms teams|google meet|meet|webex|jitsi|online|онлайн|link|лінк|посилання|platforma"
_SMALL = "о|об|o|w|we|в|у|na|на|on|at|z|з|із|with|і|i|та|and"
_PLATFORM = re.compile(rf"(?:(?:{_PLATFORMS})[\s:(–-]*)+$", re.IGNORECASE)
_NOTHING = (
    "w dniu|dnia|dn|godz|год|року|roku|r|р|для|dla|for|spotkanie|зустріч|meeting|"
    "spotykamy się|zapraszamy|збираємося|запрошуємо"
)
_FILLER = re.compile(rf"^(?:(?:{_PLATFORMS}|{_SMALL}|{_NOTHING})\b[\s.:()–-]*)+$", re.IGNORECASE)
_EDGES = re.compile(rf"^(?:(?:{_SMALL})\s+)+|\s+(?:{_SMALL})$|^[\s\-–—:.,()]+|[\s\-–—:.,(]+$", re.IGNORECASE)


class Leftover:
    """What of the text is not used yet, without idle spaces; used stretches become line breaks."""

    def __init__(self, text: str) -> None:
        lines = (" ".join(line.split()) for line in text.splitlines())
        self.text = "\n".join(filter(None, lines))

    def take(self, span: tuple[int, int] | None) -> str:
        """The stretch, which is used from now on."""
        if span is None:
            return ""
        taken = self.text[span[0] : span[1]]
        self.text = self.text[: span[0]] + "\n" + self.text[span[1] :]
        return taken.strip()

    def take_found(self, pattern: re.Pattern[str]) -> str:
        """The first stretch that fits the pattern."""
        match = pattern.search(self.text)
        return self.take(match.span() if match else None)

    def take_all(self, spans: Iterable[tuple[int, int]]) -> None:
        for span in sorted(spans, reverse=True):  # from the end, so that the others stay where they are
            self.take(span)

    def take_command(self) -> None:
        command = _COMMAND.match(self.text)
        self.take(command.span() if command else None)

    def take_link(self) -> str:
        """The first link; the name of the platform before it is used with it."""
        spans = find_links(self.text)
        if not spans:
            return ""
        start, end = spans[0]
        platform = _PLATFORM.search(self.text, 0, start)
        link = self.take((start, end))
        self.take(platform.span() if platform else None)
        return link

    def take_labelled(self, label: re.Pattern[str]) -> str:
        """What follows the label up to the line's end or the next label."""
        match = label.search(self.text)
        if not match:
            return ""
        end = _LABELLED_END.search(self.text, match.end())
        stop = end.start() if end else len(self.text)
        value = _EDGES.sub("", self.text[match.end() : stop].strip())
        self.take((match.start(), stop))
        return value

    def title(self) -> str:
        """The first stretch that says more than filler words."""
        for piece in re.split(r"[\n;]|,(?=\s)|,$|\.\s|\.$", self.text):
            while (trimmed := _EDGES.sub("", piece.strip())) != piece:
                piece = trimmed
            if len(piece) > 2 and not _FILLER.match(piece) and re.search(r"\w{3}", piece):
                return piece
        return ""
