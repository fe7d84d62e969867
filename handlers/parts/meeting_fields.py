"""The parts of a meeting: asked when they are missing, asked again when they are corrected."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.dialogue.cards import group_label
from bot.dialogue.choices import Choice
from bot.dialogue.questions import Refused, free_text
from bot.dialogue.talk import Field, Talk
from bot.meetings.announcement import LONGEST_TITLE
from bot.meetings.dates import When
from bot.meetings.groups import named_groups
from bot.meetings.phrases import capacity_in, interpretation_in, length_in
from bot.meetings.zones import scheduled
from bot.model.meeting import Meeting
from bot.model.message import M, Message
from handlers.parts.meeting_link import ask_link
from handlers.parts.meeting_when import ask_start

WITHOUT = "/without"
LONGEST_AGENDA, LONGEST_CONTACT, LONGEST_MEETING = 1500, 200, 24 * 60
ASK_TEXT: dict[str, Message] = {
    "uk": M("Please write title and agenda in Ukrainian: the title on the first line, the agenda below it."),
    "pl": M("Please write title and agenda in Polish: the title on the first line, the agenda below it."),
    "en": M("Please write title and agenda in English: the title on the first line, the agenda below it."),
}


async def ask_title(talk: Talk, step: str) -> str:
    """The title."""
    return await talk.write(step, M("What is the title of the meeting?"), limit=LONGEST_TITLE)


async def ask_groups(talk: Talk, step: str) -> tuple[int, ...]:
    """The task groups it is of, one or several."""
    choices = [Choice(str(group), M("{label}", label=group_label(group))) for group in (1, 2, 3, 4)]
    answer = await talk.ask(
        step,
        M("Which task group is it for? You can also write several, or “all”."),
        parse=_groups,
        choices=(*choices, Choice("all", M("All four"))),
    )
    if answer == "all":
        return (1, 2, 3, 4)
    return (int(answer),) if isinstance(answer, str) else tuple(answer)


def _groups(typed: str) -> list[int]:
    found = sorted({group for group, _, _ in named_groups(free_text(200)(typed))})
    if not found:
        raise Refused(M("I do not know a task group by that name. Please choose one below."))
    return found


async def ask_agenda(talk: Talk, step: str) -> str:
    """The agenda; may be empty."""
    answer = await talk.ask(
        step,
        M("What is on the agenda? A few lines are enough."),
        parse=free_text(LONGEST_AGENDA),
        choices=(Choice(WITHOUT, M("Without an agenda")),),
    )
    return "" if answer == WITHOUT else answer


async def ask_contact(talk: Talk, step: str) -> str:
    """Whom participants can turn to."""
    return await talk.write(
        step, M("Whom can participants ask? An office mailbox or a service number."), limit=LONGEST_CONTACT
    )


async def ask_translation(talk: Talk, step: str, meeting: Meeting, language: str) -> Meeting:
    """The meeting with title and agenda in one more language, unless it is left untranslated."""
    answer = await talk.ask(
        step,
        ASK_TEXT[language],
        parse=free_text(LONGEST_AGENDA),
        choices=(Choice(WITHOUT, M("Leave it untranslated")),),
    )
    if answer == WITHOUT:
        return _without(meeting, language)
    title, _, agenda = answer.partition("\n")
    agendas = {**meeting.agendas, language: agenda.strip()} if agenda.strip() else dict(meeting.agendas)
    return replace(
        meeting, titles={**meeting.titles, language: title[:LONGEST_TITLE].strip()}, agendas=agendas
    )


def _without(meeting: Meeting, language: str) -> Meeting:
    if set(meeting.titles) == {language}:
        return meeting
    return replace(
        meeting,
        titles={code: text for code, text in meeting.titles.items() if code != language},
        agendas={code: text for code, text in meeting.agendas.items() if code != language},
    )


# --- corrections ------------------------------------------------------------------------------


async def _change_start(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    start = await ask_start(talk, step, When(zone=meeting.zone), talk.now)
    return scheduled(meeting, start)


async def _change_length(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    minutes = await talk.ask(step, M("How long will it take? For example: 90 minutes."), parse=_minutes)
    return replace(meeting, minutes=int(minutes))


def _minutes(typed: str) -> int:
    text = free_text(60)(typed)
    found = length_in(text)
    minutes = found[0] if found else int(text) if re.fullmatch("[0-9]{1,4}", text) else 0
    if not 5 <= minutes <= LONGEST_MEETING:
        raise Refused(M("Please write the length in minutes or hours, for example: 90 minutes."))
    return minutes


async def _change_link(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    return replace(meeting, link=await ask_link(talk, step))


async def _change_contact(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    return replace(meeting, contact=await ask_contact(talk, step))


async def _change_groups(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    return replace(meeting, groups=await ask_groups(talk, step))


async def _change_interpretation(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    languages = await talk.ask(
        step,
        M("Between which languages is there interpretation? For example: Polish and Ukrainian."),
        parse=_languages,
        choices=(Choice(WITHOUT, M("No interpretation")),),
    )
    return replace(meeting, interpretation=() if languages == WITHOUT else tuple(languages))


def _languages(typed: str) -> list[str]:
    text = free_text(100)(typed)
    found = interpretation_in(text) or interpretation_in(f"interpretation {text}")
    if not found or not found[0]:
        raise Refused(M("Please name the languages, for example: Polish and Ukrainian."))
    return list(found[0])


async def _change_seats(talk: Talk, step: str, meeting: Meeting) -> Meeting:
    seats = await talk.ask(
        step,
        M("How many seats are there?"),
        parse=_seats,
        choices=(Choice(WITHOUT, M("No limit")),),
    )
    return replace(meeting, capacity=None if seats == WITHOUT else int(seats))


def _seats(typed: str) -> int:
    text = free_text(60)(typed)
    found = capacity_in(text)
    seats = found[0] if found else int(text) if re.fullmatch("[0-9]{1,5}", text) else 0
    if seats < 1:
        raise Refused(M("Please write a number."))
    return seats


def _change_text(language: str) -> Callable[[Talk, str, Meeting], Awaitable[Meeting]]:
    async def change(talk: Talk, step: str, meeting: Meeting) -> Meeting:
        return await ask_translation(talk, step, meeting, language)

    return change


FIELDS: tuple[Field[Meeting], ...] = (
    Field("start", M("Date and time"), _change_start),
    Field("length", M("Length"), _change_length),
    Field("link", M("Link"), _change_link),
    Field("uk", M("Ukrainian title and agenda"), _change_text("uk")),
    Field("pl", M("Polish title and agenda"), _change_text("pl")),
    Field("en", M("English title and agenda"), _change_text("en")),
    Field("groups", M("Task groups"), _change_groups),
    Field("contact", M("Contact"), _change_contact),
    Field("interpretation", M("Interpretation"), _change_interpretation),
    Field("seats", M("Number of seats"), _change_seats),
)
