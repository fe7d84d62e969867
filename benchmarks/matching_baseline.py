"""The plain baseline: rapidfuzz ``partial_ratio`` against ten keywords a group and language."""

from collections.abc import Sequence

from rapidfuzz.fuzz import partial_ratio

from bot.model.understanding import GroupScore, Item, Understanding

KEYWORDS = {
    1: (
        "генератор котел насос вода каналізація сміття автобус дорога освітлення трактор "
        "agregat kocioł pompa woda kanalizacja odpady autobus droga oświetlenie ciągnik "
        "generator boiler pump water sewage waste bus road lighting tractor"
    ),
    2: (
        "житло будинок вікна дах гуртожиток модульний багатоповерхівка оренда відбудова обстеження "
        "mieszkanie dom okna dach hostel modułowy blok najem odbudowa ekspertyza "
        "housing house windows roof dormitory modular apartment rental reconstruction survey"
    ),
    3: (
        "продукти ліки лікарня швидка реабілітація психолог ветерани діти укриття пожежна "
        "żywność leki szpital karetka rehabilitacja psycholog weterani dzieci schron strażacki "
        "food medicines hospital ambulance rehabilitation psychologist veterans children shelter fire"
    ),
    4: (
        "проєкт грант партнер стажування візит стратегія закупівлі бюджет обмін послуги "
        "projekt dotacja partner staż wizyta strategia zamówienia budżet wymiana usługi "
        "project grant partner internship visit strategy procurement budget exchange services"
    ),
}
SURE = 85  # of 100; below it the message counts as out of scope


def understand(text: str) -> Understanding:
    """Groups by their best keyword; neither kind nor route is known to this method."""
    lower = text.lower()
    best = {
        group: max(partial_ratio(word, lower) for word in words.split()) for group, words in KEYWORDS.items()
    }
    ranked = sorted(best, key=lambda group: -best[group])
    scores = tuple(GroupScore(group, best[group] / 100, True) for group in ranked if best[group] >= SURE)
    return Understanding(Item(text, scores, route="publish"))


def rank(need: str, offers: Sequence[tuple[str, str]], limit: int = 20) -> list[str]:
    """Ids of ``(id, text)`` by the likeness of their text."""
    return [id for _, id in sorted((-partial_ratio(need, text), id) for id, text in offers)][:limit]
