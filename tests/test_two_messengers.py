"""One person on two messengers: the code joins them, the draft goes along, the council's word holds."""

import re
from dataclasses import replace

import pytest

from bot.dialogue.services import Services
from db.database import Database
from tests.chat import Chat

PHONE, OTHER = "telegram:1001", "signal:6b1f0c52-0000-4000-8000-000000000001"


@pytest.fixture
def both(services: Services) -> Services:
    """Services with a Signal account."""
    return replace(services, signal_ready=True, signal_link="https://signal.me/#eu/sample")


async def registered(phone: Chat, allowed: str) -> str:
    """Register the mayor of the sample hromada; what the bot says last."""
    await phone.say("/start", "1", "згода", "зорянопілля", "так", "голова громади")
    return (await phone.say(allowed))[-1].text


async def test_only_signal_leads_there_and_the_need_is_asked_there(
    database: Database, both: Services
) -> None:
    """No need is taken on Telegram; on Signal the question for it stands at once."""
    phone, other = Chat(database, both, PHONE), Chat(database, both, OTHER)
    said = await registered(phone, "Ні, лише Signal")
    code = re.search(r"\d{4}-\d{2}", said)
    assert code
    assert "https://signal.me/#eu/sample" in said
    assert "Ще раз" not in said
    assert "насос" not in "".join(d.text for d in await phone.say("нам потрібні два насоси для води"))
    arrived = (await other.say(code[0]))[-1].text
    assert "Є контакт" in arrived
    assert "чого потребує" in arrived
    card = (await other.say("нам потрібні два насоси для води"))[-1].text
    assert "Насоси" in card
    assert other.person == phone.person


async def test_a_draft_goes_along(database: Database, both: Services) -> None:
    """In the middle of a need the person changes the messenger and confirms the same card there."""
    phone, other = Chat(database, both, PHONE), Chat(database, both, OTHER)
    await registered(phone, "Так")
    card = (await phone.say("нам потрібні два насоси для води"))[-1].text
    said = (await phone.say("/link"))[-1].text
    code = re.search(r"\d{4}-\d{2}", said)
    assert code
    arrived = await other.say(code[0])
    assert arrived[-1].text == card
    assert "Збережено" in (await other.say("1"))[-1].text


async def test_a_code_works_once_and_not_for_long(database: Database, both: Services) -> None:
    """A used, old or invented code joins nobody."""
    phone = Chat(database, both, PHONE)
    await registered(phone, "Так")
    code = re.search(r"\d{4}-\d{2}", (await phone.say("/link"))[-1].text)
    assert code
    late = Chat(database, both, "signal:6b1f0c52-0000-4000-8000-000000000002")
    late.now = phone.now + 11 * 60_000
    assert "Місток" in (await late.say(code[0]))[-1].text  # greeted as a stranger
    fresh = re.search(r"\d{4}-\d{2}", (await phone.say("/link"))[-1].text)
    assert fresh
    first, second = (
        Chat(database, both, OTHER),
        Chat(database, both, "signal:6b1f0c52-0000-4000-8000-000000000003"),
    )
    first.now = second.now = phone.now
    await first.say(fresh[0])
    assert first.person == phone.person
    await second.say(fresh[0])
    assert second.person != phone.person


async def test_guessing_ends(database: Database, both: Services) -> None:
    """After five wrong codes the right one is not looked at either."""
    phone, thief = Chat(database, both, PHONE), Chat(database, both, OTHER)
    await registered(phone, "Так")
    code = re.search(r"\d{4}-\d{2}", (await phone.say("/link"))[-1].text)
    assert code
    wrong = [f"{n:04}-00" for n in range(7) if f"{n:04}-00" != code[0]][:5]
    await thief.say(*wrong, code[0])
    assert thief.person != phone.person
