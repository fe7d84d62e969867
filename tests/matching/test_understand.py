"""Messages as people type them, and what they must be understood as."""

import pytest

from bot.matching.understand import understand

# text, best group, one expected sub-topic
ABOUT = [
    ("Просимо допомогти з насосом для свердловини, старий згорів", 1, "water-supply"),
    ("у нас дві насосні стоять, труби ше з 70х, води нема пів дня, шукаєм хто вже міняв", 1, "water-supply"),
    ("потрібен генератор 100 квт на котельню", 1, "power-backup"),
    ("нада дві пушки тепловые в школу", 1, "heating"),
    ("каналізаційний насос згорів, стоки йдуть у річку", 1, "sewage"),
    ("сміттевоз б/у може хто віддасть", 1, "waste"),
    ("Шукаємо екскаватор-навантажувач для комунального підприємства", 1, "municipal-machinery"),
    ("темно на вулицях, потрібні ліхтарі", 1, "street-lighting"),
    ("Потрібні модульні будинки для 12 родин", 2, "modular-housing"),
    ("вікна повилітали, плівка і осб потрібні терміново", 2, "house-repair"),
    ("Осбб хоче утеплити багатоповерхівку", 2, "block-thermo"),
    ("Шукаємо фахівців для обстеження пошкоджених будинків", 2, "damage-survey"),
    ("генплан громади застарів, потрібен досвід просторового планування", 2, "spatial-planning"),
    ("памперси для лежачих і засоби гігієни", 3, "hygiene-household"),
    ("лікарня просить апарат УЗД", 3, "hospital-equipment"),
    ("шукаєм психологів для дітей", 3, "psychosocial"),
    ("шкільний автобус для підвезення дітей з сіл", 3, "education-equipment"),
    ("Просимо пожежну машину для добровільної команди", 3, "fire-rescue"),
    ("навчіть писати грантові заявки", 4, "eu-projects"),
    ("шукаємо місто-побратим у Польщі", 4, "partnership-search"),
    ("хочемо поїхати на стажування до польської гміни", 4, "study-visits"),
    ("як впровадити бюджет участі, хто може навчити", 4, "civic-participation"),
    ("mamy do oddania śmieciarkę z 2011 roku", 1, "waste"),
    ("przekażemy agregat prądotwórczy 60 kVA", 1, "power-backup"),
    ("mozemy oddac 20 lamp ulicznych led", 1, "street-lighting"),
    ("Oferujemy okna używane w dobrym stanie", 2, "house-repair"),
    ("nasza spółdzielnia ocieplila 30 blokow, chetnie pokazemy", 2, "block-thermo"),
    ("doswiadczenie z TBS i najmem spolecznym, podzielimy sie", 2, "social-rental"),
    ("10 łóżek szpitalnych do przekazania", 3, "hospital-equipment"),
    ("Zapraszamy 20 dzieci na kolonie nad morzem", 3, "children-camps"),
    ("OSP odda wóz strażacki", 3, "fire-rescue"),
    ("MOPS chętnie podzieli się doświadczeniem w pieczy zastępczej", 3, "social-services"),
    ("szukamy partnera w Ukrainie", 4, "partnership-search"),
    ("możemy przyjąć dwie osoby na staż w urzędzie", 4, "study-visits"),
    ("pomożemy napisać wniosek do Interreg NEXT", 4, "interreg-cbc"),
    ("we can donate two ambulances", 3, "ambulance"),
    ("Looking for a garbage truck, ours broke down", 1, "waste"),
    ("Our town needs windows and roofing sheets", 2, "house-repair"),
    ("How do you run a youth council? We want to learn", 4, "civic-participation"),
    ("heneratory dlia likarni potribni", 1, "power-backup"),
    ("utythfnjh для школи потрібен", 1, "power-backup"),
    ("потpiбен трaнсформатор", 1, "power-backup"),
]


@pytest.mark.parametrize(("text", "group", "subtopic"), ABOUT)
def test_what_it_is_about(text: str, group: int, subtopic: str) -> None:
    """The right group comes first, selected, with the sub-topic among the first two."""
    whole = understand(text).whole
    assert whole.groups[0].group == group
    assert whole.groups[0].selected
    assert subtopic in whole.subtopics[:2]


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("потрібен котел для лікарні", 1),
        ("медичні ліжка для лікарні", 3),
        ("вікна для школи", 2),
        ("generator for the school", 1),
        ("okna do szpitala", 2),
        ("сонячні панелі на дах садочка", 1),
    ],
)
def test_the_thing_decides_not_the_place(text: str, group: int) -> None:
    """A boiler for a hospital is heating, a bed for a hospital is hospital equipment."""
    assert understand(text).whole.groups[0].group == group


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("треба генератор і вікна для гуртожитку а ще психологи для школи", {1, 2, 3}),
        ("генератор вікна психологи", {1, 2, 3}),
        ("mamy 2 pompy i możemy przyjąć 2 osoby na staż", {1, 4}),
        ("Потрібні: 1) сміттєвоз; 2) інвалідні візки; 3) партнер для проєкту ЄС", {1, 3, 4}),
        ("Oddamy autobus, a szpital przekaże leki", {1, 3}),
    ],
)
def test_several_needs(text: str, groups: set[int]) -> None:
    """Each need becomes an item of its own and the whole has all their groups."""
    understood = understand(text)
    assert {score.group for score in understood.whole.groups if score.selected} == groups
    assert {item.groups[0].group for item in understood.items} == groups


def test_items_keep_their_own_quantities() -> None:
    """Each clause carries the number that stands in it."""
    items = understand("Потрібно 3 насоси та 2 генератори по 50 кВт, також 12 інвалідних візків").items
    assert [[(q.n, q.unit) for q in item.quantities] for item in items] == [
        [(3, "pcs")],
        [(2, "pcs"), (50, "kW")],
        [(12, "pcs")],
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("потрібен насос", "need"),
        ("можемо передати насос", "offer"),
        ("чи може хтось передати насос?", "need"),
        ("szukamy agregatu", "need"),
        ("do oddania agregat", "offer"),
        ("brakuje nam łóżek szpitalnych", "need"),
        ("chętnie podzielimy się doświadczeniem z budżetem obywatelskim", "offer"),
        ("we need blankets", "need"),
        ("we would like to donate blankets", "offer"),
        ("генератор", "unclear"),
        ("pompy wody", "unclear"),
        ("партнерство", "need"),  # a search for a partner is a need
    ],
)
def test_need_or_offer(text: str, kind: str) -> None:
    """What the text alone supports."""
    assert understand(text).whole.kind == kind


def test_country_decides_what_the_text_leaves_open() -> None:
    """A Ukrainian community most likely needs, a Polish one offers; words are stronger."""
    assert understand("генератор 100 кВт", country="UA").whole.kind == "need"
    assert understand("agregat 100 kW", country="PL").whole.kind == "offer"
    assert understand("можемо передати генератор", country="UA").whole.kind == "offer"
    assert understand("генератор").whole.route == "ask-kind"


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("Терміново потрібен генератор", "high"),
        ("лікарня без світла, шукаємо генератор", "high"),
        ("pilnie potrzebna pompa", "high"),
        ("after the strike we need windows", "high"),
        ("потрібні дрова до зими", "medium"),
        ("piec potrzebny przed sezonem grzewczym", "medium"),
        ("потрібен трактор", ""),
    ],
)
def test_urgency(text: str, urgency: str) -> None:
    """High for urgent words and people without heat or water, medium for a deadline or season."""
    assert understand(text).whole.urgency == urgency


def test_nature_of_help() -> None:
    """Goods, know-how, hosting and money are told apart."""
    assert "know-how" in understand("поділимося досвідом роздільного збору сміття").whole.nature
    assert "hosting" in understand("przyjmiemy dzieci na kolonie").whole.nature
    assert "goods" in understand("передамо вживаний трактор").whole.nature


def test_evidence_is_as_typed() -> None:
    """The words that decided are quoted as the person wrote them."""
    assert understand("Потрібні ГЕНЕРАТОРИ для школи").whole.evidence == ("ГЕНЕРАТОРИ",)


def test_unknown_words_alone_are_nothing() -> None:
    """Without any sign of a topic there is no group and nothing to publish."""
    whole = understand("квазі лорем іпсум").whole
    assert whole.groups == ()
    assert whole.route != "publish"
