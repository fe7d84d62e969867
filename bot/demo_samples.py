"""Invented municipalities with needs and offers, so that the demo has somebody to find."""

from datetime import datetime, time, timedelta

from bot.i18n import HOME_ZONES
from bot.matching.understand import understand
from bot.meetings.zones import WARSAW, scheduled, to_local
from bot.model.listing import Draft, Listing, Side
from bot.model.meeting import Meeting
from bot.model.municipality import Municipality
from bot.model.understanding import Item
from bot.places.gazetteer import Gazetteer
from bot.places.names import Name, Source
from bot.places.store import Entry, embedded, entry
from db.database import Transaction
from db.stores import Stores
from db.stores.meetings import Called

_MUNICIPALITIES = (
    Municipality(
        key="sample:zorianopillia",
        code="sample:zorianopillia",
        country="UA",
        name="Зорянопільська",
        latin="Zorianopilska",
        cyrillic="Зорянопільська",
        kind="settlement",
        seat="Зорянопілля",
        region="UA-53",
        district="Полтавський",
        lat=49.62,
        lon=34.40,
        population=9040,
        population_year=2022,
        sample=True,
    ),
    Municipality(
        key="sample:vyshnelissia",
        code="sample:vyshnelissia",
        country="UA",
        name="Вишнеліська",
        latin="Vyshneliska",
        cyrillic="Вишнеліська",
        kind="rural",
        seat="Вишнелісся",
        region="UA-74",
        district="Чернігівський",
        lat=51.42,
        lon=31.10,
        population=5600,
        population_year=2022,
        sample=True,
    ),
    Municipality(
        key="sample:jasnowodzie",
        code="sample:jasnowodzie",
        country="PL",
        name="Jasnowodzie",
        latin="Jasnowodzie",
        cyrillic="Ясноводзе",
        kind="rural",
        seat="Jasnowodzie",
        region="PL-06",
        district="lubelski",
        lat=51.31,
        lon=22.40,
        population=8700,
        population_year=2024,
        sample=True,
    ),
    Municipality(
        key="sample:wielkobrzezno",
        code="sample:wielkobrzezno",
        country="PL",
        name="Wielkobrzeźno",
        latin="Wielkobrzeźno",
        cyrillic="Велькобжезьно",
        kind="mixed",
        seat="Wielkobrzeźno",
        region="PL-24",
        district="pszczyński",
        lat=49.98,
        lon=18.90,
        population=21400,
        population_year=2024,
        sample=True,
    ),
    Municipality(
        key="sample:sosnodolek",
        code="sample:sosnodolek",
        country="PL",
        name="Sosnodołek",
        latin="Sosnodołek",
        cyrillic="Соснодолек",
        kind="rural",
        seat="Sosnodołek",
        region="PL-18",
        district="leżajski",
        lat=50.25,
        lon=22.35,
        population=6200,
        population_year=2024,
        sample=True,
    ),
)

SAMPLES: tuple[Entry, ...] = tuple(
    entry(m, [Name(m.name, Source.OFFICIAL), Name(m.seat, Source.SEAT)]) for m in _MUNICIPALITIES
)


def sample_gazetteer() -> Gazetteer:
    """Every real municipality, and the samples beside them."""
    real, foreign = embedded()
    return Gazetteer([*real, *SAMPLES], foreign=foreign)


_LISTINGS: tuple[tuple[str, Side, str, str], ...] = (
    (
        "sample:wielkobrzezno",
        "offer",
        "pl",
        "Wymieniliśmy 14 km sieci wodociągowej, chętnie pokażemy jak to zrobić i mamy dwie używane pompy do "
        "wody.",
    ),
    (
        "sample:sosnodolek",
        "offer",
        "pl",
        "Możemy oddać agregat prądotwórczy 60 kW i przyjąć 2 osoby na staż.",
    ),
    ("sample:wielkobrzezno", "offer", "pl", "Śmieciarka, rocznik 2012, sprawna, do przekazania."),
    ("sample:vyshnelissia", "need", "uk", "Потрібен шкільний автобус для підвезення дітей з трьох сіл."),
    (
        "sample:vyshnelissia",
        "offer",
        "uk",
        "Поділимось досвідом: як за місяць облаштувати пункти незламності в шести селах.",
    ),
)

COORDINATOR = "web:coordinator"
_SECOND = 1000
_DAY = 24 * 3600 * _SECOND


async def seed(tx: Transaction, now: int) -> None:
    """Publish the samples' listings, plan a meeting, and make the third phone a coordinator's."""
    stores = Stores(tx)
    coordinator = await stores.people.of_address(COORDINATOR, language="pl", zone=HOME_ZONES["pl"], now=now)
    await stores.people.consent(coordinator.id, "demo", now)
    await stores.people.make_coordinator(coordinator.id, "")
    await stores.meetings.put(Called(_meeting(now), coordinator.id), now)
    for number, (municipality, side, language, text) in enumerate(_LISTINGS):
        item = understand(text, country="UA" if language == "uk" else "PL").whole
        listing = Listing(
            draft=_draft(f"sample-{number}", side, text, item),
            municipality=municipality,
            person="",
            language=language,
            state="open",
            text_held=False,
            created_at=now - (number + 1) * _DAY,
        )
        await stores.listings.publish(listing)


def _meeting(now: int) -> Meeting:
    """A meeting of the group for communal services, next Thursday at ten, Warsaw time."""
    today = to_local(now, WARSAW).date()
    thursday = today + timedelta(days=(3 - today.weekday() - 1) % 7 + 1)
    plain = Meeting(
        id="sample",
        titles={"uk": "Вода взимку: насоси й мережі", "pl": "Woda zimą: pompy i sieci"},
        agendas={
            "uk": "Досвід Великобжезна\nЩо потрібно громадам",
            "pl": "Doświadczenia Wielkobrzezna\nCzego potrzebują hromady",
        },
        start="",
        zone=WARSAW,
        start_at=0,
        zone_data="",
        groups=(1,),
        link="https://meet.jit.si/mistok-sample",
        contact="biuro@zwiazek.example",
        interpretation=("pl", "uk"),
        capacity=80,
    )
    return scheduled(plain, datetime.combine(thursday, time(10)))


def _draft(id: str, side: Side, text: str, item: Item) -> Draft:
    return Draft(
        id=id,
        side=side,
        text=text,
        group=item.groups[0].group if item.groups else 1,
        subtopics=item.subtopics,
        concepts=item.concepts,
        quantities=item.quantities,
        nature=item.nature,
        urgency=item.urgency,
    )
