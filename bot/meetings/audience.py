"""Who is to hear of a meeting or notice: segments added and taken away, counted before anything goes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.meetings.audience_words import SPLIT, STRIPPED, WITHOUT, WORDS
from bot.meetings.groups import named_groups
from bot.meetings.words import fold

LONGEST = 500


@dataclass(frozen=True, slots=True)
class Recipient:
    """One seat of a person who may be told; a person with two seats has two rows."""

    person: str
    municipality: str
    groups: frozenset[int]
    country: str
    region: str
    kind: str
    language: str
    channel: str


@dataclass(frozen=True, slots=True)
class Segment:
    """Those who fit every dimension that is not empty; within a dimension any value fits.

    Attributes:
        groups: Task groups 1-4.
        countries: ``UA``, ``PL``.
        regions: ISO 3166-2 codes.
        kinds: Of the municipality, as in ``Municipality.kind``.
        languages: Codes.
        channels: ``telegram``, ``signal``, ``web``.
    """

    groups: frozenset[int] = frozenset()
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()

    def fits(self, recipient: Recipient) -> bool:
        """Whether this seat belongs to the segment."""
        return (
            (not self.groups or not self.groups.isdisjoint(recipient.groups))
            and (not self.countries or recipient.country in self.countries)
            and (not self.regions or recipient.region in self.regions)
            and (not self.kinds or recipient.kind in self.kinds)
            and (not self.languages or recipient.language in self.languages)
            and (not self.channels or recipient.channel in self.channels)
        )


@dataclass(frozen=True, slots=True)
class Audience:
    """Every seat in one of ``included`` and in none of ``excluded``; nothing included means everybody."""

    included: tuple[Segment, ...] = ()
    excluded: tuple[Segment, ...] = ()

    def fits(self, recipient: Recipient) -> bool:
        """Whether this seat is told."""
        wanted = not self.included or any(segment.fits(recipient) for segment in self.included)
        return wanted and not any(segment.fits(recipient) for segment in self.excluded)


@dataclass(frozen=True, slots=True)
class Counts:
    """Exact numbers of a dry run, each person counted once.

    Attributes:
        people: All together.
        by_channel, by_language: Their parts add up to ``people``.
        by_group: A person counts in each of their groups that the audience names.
        in_several: People in more than one of the named groups; told once all the same.
    """

    people: int
    by_channel: Mapping[str, int]
    by_language: Mapping[str, int]
    by_group: Mapping[int, int]
    in_several: int


@dataclass(frozen=True, slots=True)
class Wish:
    """An audience as typed; ``unknown`` holds the words that mean nothing here and must be asked about."""

    audience: Audience
    unknown: tuple[str, ...] = ()


def chosen(audience: Audience, recipients: Iterable[Recipient]) -> list[Recipient]:
    """One row for each person of the audience, their first fitting seat, in the order given."""
    unique: dict[str, Recipient] = {}
    for recipient in recipients:
        if audience.fits(recipient):
            unique.setdefault(recipient.person, recipient)
    return list(unique.values())


def counted(audience: Audience, recipients: Sequence[Recipient]) -> Counts:
    """The numbers of the dry run."""
    people = chosen(audience, recipients)
    named = frozenset().union(*(segment.groups for segment in audience.included)) or frozenset({1, 2, 3, 4})
    groups: dict[str, frozenset[int]] = {}
    for recipient in filter(audience.fits, recipients):
        groups[recipient.person] = groups.get(recipient.person, frozenset()) | (recipient.groups & named)
    return Counts(
        people=len(people),
        by_channel=Counter(person.channel for person in people),
        by_language=Counter(person.language for person in people),
        by_group=Counter(group for held in groups.values() for group in held),
        in_several=sum(len(held) > 1 for held in groups.values()),
    )


def read_audience(text: str, region_of: Callable[[str], str]) -> Wish:
    """The audience of "mieszkaniowa + komunalna, bez Zachodniopomorskiego", in uk, pl or en.

    Values of one dimension add up, different dimensions narrow down; everything after "bez", "без",
    "except" is taken away, each word by itself. ``region_of`` gives the ISO code of a typed region or "".
    """
    text = text[:LONGEST]
    pieces = WITHOUT.split(fold(text))
    wanted = _Terms(region_of)
    unwanted: list[Segment] = []
    unknown: list[str] = []
    offset = 0
    for number, piece in enumerate(pieces):
        offset = fold(text).index(piece, offset)
        original = text[offset : offset + len(piece)]
        offset += len(piece)
        terms = wanted if number == 0 else _Terms(region_of)
        terms.read(original)
        unknown += terms.unknown
        if number:
            unwanted += terms.segments
    included = _merged(wanted.segments)
    return Wish(Audience(included, tuple(unwanted)), tuple(unknown))


@dataclass(slots=True)
class _Terms:
    """The words of one part of the wish, one segment each."""

    region_of: Callable[[str], str]
    segments: list[Segment] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def read(self, text: str) -> None:
        left = text
        for group, start, end in named_groups(text):
            self.segments.append(Segment(groups=frozenset({group})))
            left = left[:start] + "," * (end - start) + left[end:]
        for term in SPLIT.split(left):
            self._term(term.strip(" .:!?\n"))

    def _term(self, term: str) -> None:
        bare = _bare(term)
        word = fold(bare)
        if not word:
            return
        known = next((values for pattern, values in WORDS if pattern.fullmatch(word)), None)
        if known is not None:
            self.segments.append(Segment(**known))
        elif region := self.region_of(term) or self.region_of(bare):
            self.segments.append(Segment(regions=frozenset({region})))
        else:
            self.unknown.append(term)


def _bare(term: str) -> str:
    """The term as typed without "send to", "group", "region" and the like."""
    left = term
    for match in STRIPPED.finditer(fold(term)):
        left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    return " ".join(left.split())


def _merged(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """One segment: values of a dimension together, dimensions side by side."""
    if not segments:
        return ()
    union = {name: frozenset().union(*(getattr(s, name) for s in segments)) for name in Segment.__slots__}
    return (Segment(**union),)
