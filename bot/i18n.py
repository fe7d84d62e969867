"""Catalogue sentences into the reader's language, with spans instead of markup."""

import gettext
import io
import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.core import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

import locales
from bot.errors import ConfigurationError
from bot.model.message import Drawn, Foreign, Listed, Message, Moment, Reply, Span, Value, Words

LANGUAGES = ("uk", "pl", "en")
DEFAULT_LANGUAGE = "uk"
WARSAW, KYIV = "Europe/Warsaw", "Europe/Kyiv"
HOME_ZONES = {"uk": KYIV, "pl": WARSAW, "en": WARSAW}

_PIECE = re.compile(r"<(/?)(b|i)>|\{(\w+)\}")
_STYLES = {"b": "bold", "i": "italic"}


def known_language(tag: str) -> str:
    """The language of ours that a client's tag names, ``pl`` for ``pl-PL``; Ukrainian for any other.

    Russian clients are common in Ukraine and get Ukrainian as well. Tags are only compared, never
    given to a locale loader.
    """
    language = tag[:2].lower()
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The texts of one language, read from its ``.po`` file.

    Raises:
        ConfigurationError: The file is missing or broken.
    """
    path = Path(locales.__file__).parent / language / "mistok.po"
    try:
        with path.open("rb") as file:
            source = read_po(file, locale=language, abort_invalid=True)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"the catalogue {language}/mistok.po cannot be read") from error
    compiled = io.BytesIO()
    write_mo(compiled, source)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def draw(reply: Reply, language: str, zone: str) -> Drawn:
    """The reply in ``language`` for a reader in ``zone``; its attachment is added by the worker."""
    canvas = _Canvas(language, zone)
    for number, part in enumerate(reply.parts):
        if number:
            canvas.write("\n\n")
        canvas.put(part)
    return Drawn(
        text=canvas.text(),
        spans=tuple(sorted(canvas.spans, key=lambda span: (span.start, -span.length))),
        buttons=tuple((plain(button.label, language, zone), button.handle) for button in reply.buttons),
        location_asked=reply.location_asked,
    )


def plain(message: Message, language: str, zone: str = "") -> str:
    """The sentence without its spans."""
    if not message.values:
        return _fixed(message.text, language)
    if message.text == "{text}" and isinstance(text := message.values["text"], str):
        return text
    canvas = _Canvas(language, zone or HOME_ZONES[language])
    canvas.put(message)
    return canvas.text()


@lru_cache(maxsize=8192)
def _fixed(text: str, language: str) -> str:
    """A sentence without values, such as a button's label."""
    canvas = _Canvas(language, HOME_ZONES[language])
    canvas.put(Message(text))
    return canvas.text()


class _Canvas:
    """Text under construction with the spans over it."""

    def __init__(self, language: str, zone: str) -> None:
        self._language = language
        self._zone = zone
        self._pieces: list[str] = []
        self._length = 0
        self.spans: list[Span] = []

    def text(self) -> str:
        return "".join(self._pieces)

    def write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)

    def put(self, message: Message) -> None:
        """Write the translated sentence; its tags become spans, its places values."""
        opened: list[tuple[str, int]] = []
        for text, tag, closing, place in _tokens(self._translated(message)):
            if place:
                self._value(message.values[place])
            elif tag and not closing:
                opened.append((tag, self._length))
            elif tag and opened:
                style, start = opened.pop()
                if self._length > start:
                    self.spans.append(Span(start, self._length - start, _STYLES[style]))
            else:
                self.write(text)

    def _translated(self, message: Message) -> str:
        if wordless(message.text):
            return message.text.translate(_QUOTES[self._language])
        texts = catalogue(self._language)
        if not message.plural:
            return texts.gettext(message.text)
        n = message.values["n"]
        return texts.ngettext(message.text, message.plural, int(n) if isinstance(n, int | float) else 0)

    def _value(self, value: Value) -> None:
        match value:
            case Message():
                self.put(value)
            case _:
                self.write(_plain_value(value, self._language, self._zone))


_QUOTES = {"uk": str.maketrans("“”", "«»"), "pl": str.maketrans("“", "„"), "en": {}}


@cache
def wordless(sentence: str) -> bool:
    """Only values and punctuation: nothing to translate."""
    return not any(char.isalpha() for char in _PIECE.sub("", sentence))


@lru_cache(maxsize=8192)
def _tokens(sentence: str) -> tuple[tuple[str, str, bool, str], ...]:
    """Pieces of a sentence: ``(text, tag, closing, place)``, one of the first, second and last set."""
    found: list[tuple[str, str, bool, str]] = []
    end = 0
    for match in _PIECE.finditer(sentence):
        if match.start() > end:
            found.append((sentence[end : match.start()], "", False, ""))
        closing, tag, place = match.groups()
        found.append(("", tag or "", bool(closing), place or ""))
        end = match.end()
    if end < len(sentence):
        found.append((sentence[end:], "", False, ""))
    return tuple(found)


def _plain_value(value: Value, language: str, zone: str) -> str:
    match value:
        case str():
            return value
        case bool():
            return str(value)
        case int() if -1000 < value < 1000:
            return str(value)  # the same in all our languages, and much cheaper
        case int() | float():
            return format_decimal(value, locale=language)
        case Foreign(text):
            return text
        case Words(by_language):
            return by_language.get(language) or by_language.get("en") or next(iter(by_language.values()))
        case Moment():
            return _moment(value, language, zone)
        case Message():
            return plain(value, language, zone)
        case Listed(items, style):
            drawn = [_plain_value(item, language, zone) for item in items]
            if style == "labels" or not drawn:
                return " · ".join(drawn)
            return format_list(drawn, style=style, locale=language)


def _moment(moment: Moment, language: str, zone: str) -> str:
    local = datetime.fromtimestamp(moment.at / 1000, UTC).astimezone(ZoneInfo(zone))
    match moment.style:
        case "date":
            return format_date(local, "long", locale=language)
        case "day":
            return _day(local, language)
        case "time":
            return _time(local, language, zone)
        case "both":
            times = (f"{_time(local, language, name)} {_CITIES[language][name]}" for name in (WARSAW, KYIV))
            return f"{_day(local, language)}, {' / '.join(times)}"
        case _:
            return f"{_day(local, language)}, {_time(local, language, zone)}"


_CITIES: dict[str, dict[str, str]] = {
    "uk": {WARSAW: "Варшава", KYIV: "Київ"},
    "pl": {WARSAW: "Warszawa", KYIV: "Kijów"},
    "en": {WARSAW: "Warsaw", KYIV: "Kyiv"},
}


def _time(moment: datetime, language: str, zone: str) -> str:
    return format_time(moment.astimezone(ZoneInfo(zone)), "short", locale=_clock(language))


def _day(local: datetime, language: str) -> str:
    return str(format_skeleton("MMMMEd", local, locale=_clock(language)))


@cache
def _clock(language: str) -> Locale:
    """The locale for days and hours; English as in Europe, with 24 hours."""
    return Locale.parse("en_GB" if language == "en" else language)
