"""Official notices carry the word a person chose; answers do not."""

import pytest

from bot.model.outgoing import Class
from db.stores import Stores
from tests.delivery.office import Office


@pytest.mark.parametrize(("klass", "carries"), [("notice", True), ("reminder", True), ("reply", False)])
@pytest.mark.parametrize("word", ["міст", ""])
async def test_a_notice_carries_the_word(office: Office, klass: Class, carries: bool, word: str) -> None:
    person = await office.database.run(
        lambda tx: Stores(tx).people.of_address("web:a", language="uk", zone="Europe/Kyiv", now=1)
    )
    await office.database.run(lambda tx: Stores(tx).people.set_private_word(person.id, word))
    await office.queue("hello", person=person.id, klass=klass)
    await office.work()
    [text] = office.phone.texts("web:a")
    assert ("слово" in text.partition("hello")[2]) == (carries and bool(word))
    assert word in text or not carries
