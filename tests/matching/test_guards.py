"""What must not become a listing by itself, and what must not be stopped."""

import pytest

from bot.matching.understand import understand

HELD = [
    ("дрони для бригади", "military"),
    ("потрібні бронежилети і каски", "military"),
    ("генератор на позиції", "military"),
    ("зарядні станції для хлопців на фронт", "military"),
    ("тепловізійний приціл", "military"),
    ("авто для 93 ОМБр", "military"),
    ("маскувальні сітки плетемо", "military"),
    ("потрібні турнікети", "military"),
    ("agregat dla jednostki wojskowej", "military"),
    ("noktowizory dla żołnierzy na froncie", "military"),
    ("night vision and plate carriers", "military"),
    ("sleeping bags for soldiers at the front", "military"),
    ("мені негде жити, допоможіть з квартирою", "personal"),
    ("szukam pracy i mieszkania dla mojej rodziny", "personal"),
    ("I am a refugee and I need a flat", "personal"),
    ("мене б'є чоловік, рятуйте", "personal"),
    ("хлопчик Андрійко 9 років потребує інсулін", "child"),
    ("моя учениця Олена хоче на канікули", "child"),
    ("dziewczynka 7 lat potrzebuje wózka inwalidzkiego", "child"),
    ("a girl named Anna needs a prosthesis", "child"),
    ("скільки можна брехати, де ваша допомога", "complaint"),
    ("nikt nie odpowiada od miesiąca, skandal", "complaint"),
    ("50.4501, 30.5234 потрібна вода", "location"),
    ("прилетіло о 03:40, вул. Садова 15, вибило вікна", "location"),
    ("на підстанції 330 кВ згорів трансформатор", "location"),
    ("запас дизеля на 2 дні, потрібне пальне для генераторів водоканалу", "location"),
]


@pytest.mark.parametrize(("text", "reason"), HELD)
def test_goes_to_a_person(text: str, reason: str) -> None:
    """Route human with the reason, never published."""
    whole = understand(text).whole
    assert (whole.route, whole.reason) == ("human", reason)


PASSED_OVER = [
    ("привіт", "ignore", "greeting"),
    ("Dzień dobry!", "ignore", "greeting"),
    ("дякуємо за генератори, все працює", "ignore", "thanks"),
    ("dziękujemy za pompy!", "ignore", "thanks"),
    ("Заробляй 1000$ на день, переходь https://x.top", "ignore", "spam"),
    ("qwrtpsdfg zxcvbnm", "ignore", "gibberish"),
    ("хочемо допомогти", "help", "weak-intent"),
    ("chcemy pomóc", "help", "weak-intent"),
    ("як це працює?", "help", "question"),
    ("jak zmienić język", "help", "question"),
    ("who can see my data?", "help", "question"),
]


@pytest.mark.parametrize(("text", "route", "reason"), PASSED_OVER)
def test_is_no_listing(text: str, route: str, reason: str) -> None:
    """Chatter gets its own kind answer and no group."""
    whole = understand(text).whole
    assert (whole.route, whole.reason, whole.groups) == (route, reason, ())


CIVIL = [
    "після атаки дронів потрібні вікна для школи",
    "Селищна військова адміністрація просить насоси",
    "відпочинок для дітей військових, 20 місць, можемо прийняти",
    "потрібен тепловізор для енергоаудиту шкіл",
    "Потрібні рації для пожежної команди",
    "нам потрібен пікап для водоканалу",
    "шукаємо реабілітологів для поранених військових у лікарні",
    "потрібна ремонтна бригада для даху школи",
    "партія генераторів 20 шт, можемо передати",
    "Drony uszkodziły dach przedszkola, potrzebujemy blachy",
    "kolonie dla dzieci poległych żołnierzy, zapraszamy",
    "psycholog dla weteranów i ich rodzin potrzebny",
    "water tanks needed after the missile strike",
    "fire fighters need hoses",
    "potrzebujemy uzbrojenia terenu pod inwestycje",
    "просимо трансформатор 10/0,4 кВ, 400 кВА",
    "приймемо 20 дітей віком 8-12 років на канікули",
    "Дякуємо за допомогу! Потрібні ще ковдри",
    "просимо лічильники води на вулицю Садову",
    "дорогі друзі, просимо насоси",
]


@pytest.mark.parametrize("text", CIVIL)
def test_ordinary_civil_words_pass(text: str) -> None:
    """Nothing here needs a person first."""
    whole = understand(text).whole
    assert (whole.route, whole.reason) == ("publish", "")


def test_a_mixture_goes_to_a_person_with_its_topic() -> None:
    """A civil need beside a military one is held, and still known for what it is."""
    whole = understand("потрібні ліки для лікарні і дрони для батальйону").whole
    assert whole.route == "human"
    assert whole.groups[0].group == 3
