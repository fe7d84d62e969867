"""Words by which coordinators name countries, languages, channels and kinds of municipality (folded)."""

import re
from typing import Any

WITHOUT = re.compile(
    r"(?<!\w)(?:bez|oprocz|poza|z wyjatkiem|za wyjatkiem|ale nie|без|крім|окрім|за винятком|але не|кроме|"
    r"except(?: for)?|without|excluding|but not)(?!\w)"
)
SPLIT = re.compile(r"[,;+&\n]|(?<!\w)(?:i|oraz|a także|та|і|й|и|and|plus|плюс)(?!\w)", re.IGNORECASE)
STRIPPED = re.compile(
    r"(?<!\w)(?:wszys\w+|усіх?|всіх?|все|всем|all|everybody|everyone|wyslij|do|dla|z|ze|w|tylko|надіслати|надішли|для|до|з|із|у|в|на|тільки|лише|send|to|for|from|in|only|the|"
    r"grup(?:a|y|e|om|ie)?|груп(?:а|и|і|у|ам)?|groups?|"
    r"woj\.?|wojewodztw\w*|обл\.?|област\w*|oblast\w*|voivodeship|region\w*|регіон\w*|"
    r"gmin(?:y|a|om)?|громад(?:и|а|ам)?|hromad(?:y|a|om|as)?|municipalities)(?!\w)[.:]?"
)

_UA, _PL = {"countries": frozenset({"UA"})}, {"countries": frozenset({"PL"})}


def _language(code: str) -> dict[str, Any]:
    return {"languages": frozenset({code})}


def _kind(name: str) -> dict[str, Any]:
    return {"kinds": frozenset({name})}


def _channel(name: str) -> dict[str, Any]:
    return {"channels": frozenset({name})}


WORDS: tuple[tuple[re.Pattern[str], dict[str, Any]], ...] = tuple(
    (re.compile(pattern), values)
    for pattern, values in (
        (
            r"(?:po )?ukrainsku|ukrainskojezyczn\w*|(?:українсько|україно)мовн\w*|українською(?: мовою)?"
            r"|ukrainian(?:[- ]speak\w*| language)|uk",
            _language("uk"),
        ),
        (
            r"(?:po )?polsku|polskojezyczn\w*|польськомовн\w*|польською(?: мовою)?"
            r"|polish(?:[- ]speak\w*| language)|pl",
            _language("pl"),
        ),
        (
            r"(?:po )?angielsku|anglojezyczn\w*|англомовн\w*|англійською(?: мовою)?"
            r"|english(?:[- ]speak\w*| language)?|en",
            _language("en"),
        ),
        (
            r"ukrain(?:a|y|e|ie|skie|skich)|україн(?:а|и|у|і|ські|ських)|украин\w*|ukraine|ukrainian|ua",
            _UA,
        ),
        (r"polsk(?:a|i|e|ie|ich)|польщ\w+|польськ(?:і|их)|польш\w+|poland|polish(?: side)?", _PL),
        (r"telegram\w*|телеграм\w*|tg", _channel("telegram")),
        (r"signal\w*|сигнал\w*", _channel("signal")),
        (r"web|веб", _channel("web")),
        (r"miejsko-wiejsk\w+|місько-сільськ\w+|mixed", _kind("mixed")),
        (r"miejsk\w+|miast\w*|міськ\w+|міст\w*|urban|cities|towns", _kind("urban")),
        (r"osiedlow\w+|селищн\w+|settlements?", _kind("settlement")),
        (r"wiejsk\w+|сільськ\w+|rural", _kind("rural")),
    )
)
