"""Whatever is typed or forged, every question stays alive and shows nothing invisible."""

import unicodedata
from collections.abc import Sequence

import pytest

from bot.dialogue.services import Services
from bot.jobs.feed import Feed
from bot.model.message import Drawn
from db.database import Database
from tests.chat import Chat

LONG = "дуже довго " * 400
TYPED = (
    "<b>bold</b> <a href='tg://user?id=1'>x</a> & {n} {text} %s %(n)s",
    "*bold* _it_ [x](http://example.org) `c` ~s~ ||p||",
    "\u202eобернуто\u202c \u2066x\u2069",
    "на\u200bсо\u200cси\u200d \ufeffтут\u00ad",
    "\u200b\u200e\u200f\u2060",
    "x" * 4096,
    LONG,
    "\n" * 500 + "а" + "\n" * 500,
    "🙂🙃👍🏽👩‍👩‍👧‍👦🇺🇦",
    "🏴\U000e0067\U000e0062\U000e007f",
    "\ud800",
    "насос\udfff",
    "\x00",
    "нас\x00ос\x07\x1b[31m",
    "٣ насоси", "３", "१", "Ⅷ", "³", "1_000", "1e999", "0x10", "-1", "0", "+1",
    "9" * 18,
    "9" * 4000,
    "99999999999999999999 насосів",
    "e\u0301" * 300,
    "а" + "\u0301" * 500,
    "\ue000\U0010ffff",
    "/", "/" * 100, "/start " + "A" * 300, "/need \u202e", "/MENU@bot", "/неіснує",
    "{", "}", "{_0}", "{{text}}", "</i></b>", "%",
    "' OR 1=1; DROP TABLE person; --",
    "=cmd|' /C calc'!A0",
    "..", "?", "—", " ", "",
)  # fmt: skip
FORGED = (
    "1AAAAAAAAAAAAAAAA.0",
    "1AAAAAAAAAAAAAAAA.99",
    "1.0",
    "2AAAAAAAAAAAAAAAA.0",
    "1" + "A" * 16 + ".٣",
    "1" + "A" * 16 + ".-1",
    "0",
    "x" * 64,
    "' OR 1=1 --",
    "\ud800",
    "\x00",
    "1" + "é" * 16 + ".0",
)
NEED = "потрібні 3 насоси для водоканалу"
CARD = ("/need", NEED)
STRANGER: tuple[Sequence[str], ...] = (
    ("/start",),
    ("/start", "1"),
    ("/start", "1", "2"),
    ("/start", "1", "1"),
    ("/start", "1", "1", "Зорянопілля"),
    ("/start", "1", "1", "Зорянопілля", "1"),
    ("/start", "1", "1", "Зорянопілля", "1", "1"),
    ("/start", "1", "1", "Зорянопілля", "1", "1", "1"),
    ("/start", "1", "1", "Зорянопілля", "1", "1", "1", NEED),
    ("/start", "1", "1", "Зорянопілля", "1", "1", "1", NEED, "1"),
    ("/start", "1", "1", "Зорянопілля", "1", "1", "1", NEED, "1", "4"),
)
OFFICIAL: tuple[Sequence[str], ...] = (
    ("/menu",),
    ("/need",),
    CARD,
    (*CARD, "2"),
    *((*CARD, "2", str(field)) for field in range(1, 6)),
    (*CARD, "2", "1", "1"),
    ("/need", "щось потрібне для людей"),
    ("/offer",),
    ("/matches",),
    ("/matches", "1"),
    ("/matches", "1", "water@zoria.example"),
    ("/matches", "1", "water@zoria.example", "Добрий день"),
    ("/settings",),
    *(("/settings", str(place)) for place in range(1, 6)),
    ("/mine",),
    ("/mine", "1"),
    ("/mine", "1", "3"),
    ("/alerts",),
    *(("/alerts", str(place)) for place in range(1, 5)),
    ("/language",),
    ("/human",),
    ("/forget",),
)


def visible(drawn: Drawn) -> bool:
    """Whether a reader sees every character; a joiner may stand behind a symbol."""
    for text in (drawn.text, *(label for label, _ in drawn.buttons)):
        for before, char in zip(" " + text, text, strict=False):
            joins = char in "\u200d\ufe0f" and unicodedata.category(before) in ("So", "Sk")
            if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") and char != "\n" and not joins:
                return False
    ends = [span.start + span.length for span in drawn.spans]
    return all(end <= len(drawn.text) for end in ends) and bool(drawn.text.strip())


async def survives(chat: Chat, path: Sequence[str]) -> None:
    """Put everything hostile to the question at the end of ``path``; it is asked anew each time."""
    await chat.say(*path)
    state = await chat.state()
    assert state
    assert state["open"], "the path leads to a question"
    for hostile in [{"text": text} for text in TYPED] + [{"handle": handle} for handle in FORGED]:
        said = await chat.receive(**hostile)
        assert said, hostile
        assert all(map(visible, said)), (hostile, [drawn.text[:200] for drawn in said])
        if "handle" in hostile:
            now = await chat.state()
            assert now
            assert now["frames"] == state["frames"], "a forged button changes nothing"
        await chat.restore(state)
    assert await chat.say("/menu"), "the bot still answers"


@pytest.mark.parametrize("path", STRANGER, ids=" ".join)
async def test_questions_of_the_registration(
    path: Sequence[str], database: Database, services: Services
) -> None:
    await survives(Chat(database, services), path)


@pytest.mark.parametrize("path", OFFICIAL, ids=" ".join)
async def test_questions_of_an_official(path: Sequence[str], database: Database, services: Services) -> None:
    clerk = Chat(database, services, "web:clerk", "pl")
    await clerk.known_as("head", "sample:jasnowodzie")
    await clerk.say("/offer", "oferujemy 2 pompy do wody", "1", "4")
    chat = Chat(database, services)
    await chat.known_as("head", "sample:zorianopillia")
    await chat.say("/need", "шукаємо насоси для води", "1", "4")
    await database.run(lambda tx: Feed().run(tx, services, chat.now))
    await survives(chat, path)


async def test_a_button_of_somebody_else_does_nothing(database: Database, services: Services) -> None:
    """A handle is bound to its person, however it was come by."""
    mayor, thief = Chat(database, services), Chat(database, services, "web:thief")
    for chat in (mayor, thief):
        await chat.known_as("head", "sample:zorianopillia")
    question = (await mayor.say("/need", NEED))[-1]
    await thief.say("/need", NEED)
    for _, handle in question.buttons:
        await thief.receive(handle=handle)
    published = await database.run(lambda tx: tx.all("SELECT id FROM listing"))
    assert not published
