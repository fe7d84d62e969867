"""Keys that forget what people confuse, and the bound on the work of a search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places.index import KEPT, NameIndex
from bot.places.names import Name, Source
from bot.places.reading import SPAN_LIMIT, clean, read
from bot.places.search import FUZZY_SPANS, hits
from bot.places.skeleton import skeletons, stems
from bot.places.store import embedded, pack, unpack
from bot.places.transcribe import cyrillic, latin

ALIKE = """
Немішаєве Nemishaieve Nemiszajewe
Згурівка Zghurivka Zgurivka
Запоріжжя Zaporizhzhia Zaporizzja
Rzeszów Жешов
Хуст Khust Chust Hust
Щецін Szczecin
"""
FORMS = """
Харків Харкова Харкові
Київ Києва Києві
Городок Городка Городку
Горлівка Горлівці Горлівку
Kraków Krakowa Krakowie
Zamość Zamościa Zamościu
Biała Białej Białą
Козятин Козятина Козятині
"""


@pytest.mark.parametrize("line", ALIKE.strip().splitlines())
def test_spellings_of_one_name_share_a_skeleton(line: str) -> None:
    first, *others = line.split()
    assert all(set(skeletons(first)) & set(skeletons(other)) for other in others)


@pytest.mark.parametrize("line", FORMS.strip().splitlines())
def test_forms_of_one_name_share_a_stem(line: str) -> None:
    first, *others = line.split()
    assert all(set(stems(first)) & set(stems(other)) for other in others)


@given(st.text())
def test_skeletons_are_plain_letters(text: str) -> None:
    assert all(c in "abcdefghijklmnopqrstuvwxyz" for key in (*skeletons(text), *stems(text)) for c in key)


def test_romanisation_follows_the_resolution() -> None:
    names = "Згурівка Єнакієве Юрківка Запоріжжя Кам’янка Їжаківка"
    assert latin(names) == "Zghurivka Yenakiieve Yurkivka Zaporizhzhia Kamianka Yizhakivka"


def test_polish_names_in_ukrainian() -> None:
    assert [cyrillic(name) for name in ("Łódź", "Wrocław", "Nowy Targ", "Gdańsk")] == [
        "Лодзь",
        "Вроцлав",
        "Новий Тарг",
        "Гданськ",
    ]


def test_look_alike_letters_become_one_script() -> None:
    assert clean("Mихaйлo") == "Михайло"


def test_a_long_text_costs_a_bounded_number_of_fuzzy_searches() -> None:
    entries, _ = embedded()
    searched: list[str] = []

    class Watched(NameIndex):
        def near(self, skeleton: str, *, cutoff: float, limit: int = 12) -> list[tuple[float, int]]:
            searched.append(skeleton)
            return super().near(skeleton, cutoff=cutoff, limit=limit)

    hits(
        read(clean("івківкан новаа старра великка маллла краснна петрівськка слоббідка " * 50)),
        Watched(entries),
    )
    assert 0 < len(searched) <= FUZZY_SPANS * 2
    assert all(len(skeleton) <= SPAN_LIMIT for skeleton in searched)


def test_common_trigrams_do_not_make_a_search_longer() -> None:
    """However common the trigrams of a word are, only so many names are compared with it."""
    index = NameIndex(embedded()[0])
    for skeleton in ("ivkivkaovkaivska", "novonovonovo", "x" * 64, "aaaa", "ska"):
        assert len(index.choices(skeleton)) <= max(KEPT, 6000)


def test_the_index_file_holds_what_was_packed() -> None:
    entries, foreign = embedded()
    again, same = unpack(pack(entries[:50], foreign))
    assert (again, same) == (entries[:50], foreign)


def test_names_keep_their_most_trusted_source() -> None:
    entries, _ = embedded()
    kyiv = next(names for m, names in entries if m.region == "UA-30")
    assert kyiv[0].source is Source.OFFICIAL
    assert Name("Київ", Source.OFFICIAL).text == kyiv[0].text
