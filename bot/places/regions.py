"""Oblasts and voivodeships: their names on cards and their names in what people type."""

# ruff: noqa: E501 - tables read better in whole lines

from dataclasses import dataclass

from bot.model.message import Words
from bot.places.skeleton import stems


@dataclass(frozen=True, slots=True)
class Region:
    """One first-level region.

    Attributes:
        iso: ISO 3166-2 code.
        register: First two digits of its codes in KATOTTG or TERC.
        geonames: First-level code of GeoNames.
        names: Nominative as shown on cards.
    """

    iso: str
    register: str
    geonames: str
    names: Words


# iso | register | geonames | uk | pl | en | words that mean the region alone | adjectives that need "oblast" beside them
_TABLE = """
UA-05|05|23|Вінницька область|obwód winnicki|Vinnytsia Oblast|Вінниччина Вінничина Winnicczyzna|Вінницька winnicki Винницкая Vinnytsia
UA-07|07|24|Волинська область|obwód wołyński|Volyn Oblast|Волинь Wołyń Volhynia Volyn Волынь|Волинська wołyński Волынская
UA-12|12|04|Дніпропетровська область|obwód dniepropetrowski|Dnipropetrovsk Oblast|Дніпропетровщина Січеславщина Днепропетровщина|Дніпропетровська dniepropetrowski Днепропетровская Dnipropetrovsk Дніпровська
UA-14|14|05|Донецька область|obwód doniecki|Donetsk Oblast|Донеччина Донбас Donbas Donbass|Донецька doniecki Донецкая Donetsk
UA-18|18|27|Житомирська область|obwód żytomierski|Zhytomyr Oblast|Житомирщина Żytomierszczyzna|Житомирська żytomierski Житомирская Zhytomyr
UA-21|21|25|Закарпатська область|obwód zakarpacki|Zakarpattia Oblast|Закарпаття Zakarpacie Zakarpattia Закарпатье Transcarpathia|Закарпатська zakarpacki Закарпатская
UA-23|23|26|Запорізька область|obwód zaporoski|Zaporizhzhia Oblast|Запоріжчина|Запорізька zaporoski Запорожская Zaporizhzhia
UA-26|26|06|Івано-Франківська область|obwód iwanofrankiwski|Ivano-Frankivsk Oblast|Прикарпаття Івано-Франківщина Франківщина Прикарпатье Prykarpattia|Івано-Франківська iwanofrankiwski iwano-frankiwski Ивано-Франковская Ivano-Frankivsk Франківська
UA-32|32|13|Київська область|obwód kijowski|Kyiv Oblast|Київщина Kijowszczyzna Киевщина|Київська kijowski Киевская Kyiv Kiev
UA-35|35|10|Кіровоградська область|obwód kirowohradzki|Kirovohrad Oblast|Кіровоградщина Кропивниччина|Кіровоградська kirowohradzki Кировоградская Kirovohrad Кропивницька
UA-09|44|14|Луганська область|obwód ługański|Luhansk Oblast|Луганщина|Луганська ługański Луганская Luhansk
UA-46|46|15|Львівська область|obwód lwowski|Lviv Oblast|Львівщина Lwowszczyzna Львовщина|Львівська lwowski Львовская Lviv
UA-48|48|16|Миколаївська область|obwód mikołajowski|Mykolaiv Oblast|Миколаївщина Николаевщина|Миколаївська mikołajowski Николаевская Mykolaiv
UA-51|51|17|Одеська область|obwód odeski|Odesa Oblast|Одещина Odeszczyzna Одесщина|Одеська odeski Одесская Odesa Odessa
UA-53|53|18|Полтавська область|obwód połtawski|Poltava Oblast|Полтавщина Połtawszczyzna|Полтавська połtawski Полтавская Poltava
UA-56|56|19|Рівненська область|obwód rówieński|Rivne Oblast|Рівненщина Ровенщина|Рівненська rówieński rówieńskie Ровенская Ровненская Rivne
UA-59|59|21|Сумська область|obwód sumski|Sumy Oblast|Сумщина Sumszczyzna|Сумська sumski Сумская Sumy
UA-61|61|22|Тернопільська область|obwód tarnopolski|Ternopil Oblast|Тернопільщина Tarnopolszczyzna Тернопольщина|Тернопільська tarnopolski Тернопольская Ternopil
UA-63|63|07|Харківська область|obwód charkowski|Kharkiv Oblast|Харківщина Слобожанщина Харьковщина Charkowszczyzna|Харківська charkowski Харьковская Kharkiv Kharkov
UA-65|65|08|Херсонська область|obwód chersoński|Kherson Oblast|Херсонщина|Херсонська chersoński Херсонская Kherson
UA-68|68|09|Хмельницька область|obwód chmielnicki|Khmelnytskyi Oblast|Хмельниччина Хмельнитчина|Хмельницька chmielnicki Хмельницкая Khmelnytskyi
UA-71|71|01|Черкаська область|obwód czerkaski|Cherkasy Oblast|Черкащина|Черкаська czerkaski Черкасская Cherkasy
UA-77|73|03|Чернівецька область|obwód czerniowiecki|Chernivtsi Oblast|Буковина Bukowina Bukovyna Bukovina Чернівеччина|Чернівецька czerniowiecki Черновицкая Chernivtsi
UA-74|74|02|Чернігівська область|obwód czernihowski|Chernihiv Oblast|Чернігівщина Черниговщина|Чернігівська czernihowski Черниговская Chernihiv
UA-30|80|12|місто Київ|miasto Kijów|Kyiv City||
PL-02|02|72|Нижньосілезьке воєводство|województwo dolnośląskie|Lower Silesian Voivodeship|dolnośląskie Dolny_Śląsk Lower_Silesia Нижня_Сілезія Dolnego_Śląska Dolnym_Śląsku Нижній_Сілезії|dolnośląskie Нижньосілезьке Дольносльонське Lower_Silesian
PL-04|04|73|Куявсько-Поморське воєводство|województwo kujawsko-pomorskie|Kuyavian-Pomeranian Voivodeship|kujawsko-pomorskie Kujawy|kujawsko-pomorskie Куявсько-Поморське Kuyavian-Pomeranian
PL-10|10|74|Лодзьке воєводство|województwo łódzkie|Łódź Voivodeship|łódzkie|łódzkie Лодзьке Łódź
PL-06|06|75|Люблінське воєводство|województwo lubelskie|Lublin Voivodeship|lubelskie Lubelszczyzna Люблінщина|lubelskie Люблінське Люблинское Lublin
PL-08|08|76|Любуське воєводство|województwo lubuskie|Lubusz Voivodeship|lubuskie|lubuskie Любуське Lubusz
PL-12|12|77|Малопольське воєводство|województwo małopolskie|Lesser Poland Voivodeship|małopolskie Małopolska Lesser_Poland Малопольща|małopolskie Малопольське
PL-14|14|78|Мазовецьке воєводство|województwo mazowieckie|Masovian Voivodeship|Mazowsze Мазовія Masovia mazowieckie|mazowieckie Мазовецьке Masovian
PL-16|16|79|Опольське воєводство|województwo opolskie|Opole Voivodeship|opolskie Opolszczyzna|opolskie Опольське Opole
PL-18|18|80|Підкарпатське воєводство|województwo podkarpackie|Subcarpathian Voivodeship|podkarpackie Podkarpacie Підкарпаття Subcarpathia|podkarpackie Підкарпатське Подкарпатское Subcarpathian
PL-20|20|81|Підляське воєводство|województwo podlaskie|Podlaskie Voivodeship|podlaskie Podlasie Підляшшя|podlaskie Підляське
PL-22|22|82|Поморське воєводство|województwo pomorskie|Pomeranian Voivodeship|pomorskie Pomorze Поморщина|pomorskie Поморське Pomeranian
PL-24|24|83|Сілезьке воєводство|województwo śląskie|Silesian Voivodeship|śląskie Śląsk Сілезія Silesia|śląskie Сілезьке Силезское Сльонське Silesian
PL-26|26|84|Свентокшиське воєводство|województwo świętokrzyskie|Świętokrzyskie Voivodeship|świętokrzyskie|świętokrzyskie Свентокшиське
PL-28|28|85|Вармінсько-Мазурське воєводство|województwo warmińsko-mazurskie|Warmian-Masurian Voivodeship|warmińsko-mazurskie Mazury Warmia_i_Mazury Мазури|warmińsko-mazurskie Вармінсько-Мазурське Warmian-Masurian
PL-30|30|86|Великопольське воєводство|województwo wielkopolskie|Greater Poland Voivodeship|wielkopolskie Wielkopolska Greater_Poland Великопольща|wielkopolskie Великопольське
PL-32|32|87|Західнопоморське воєводство|województwo zachodniopomorskie|West Pomeranian Voivodeship|zachodniopomorskie Pomorze_Zachodnie|zachodniopomorskie Західнопоморське West_Pomeranian
"""

OCCUPIED = ("01", "85")  # Crimea and Sevastopol: their codes take effect when Ukraine has them back


def _load() -> tuple[dict[str, Region], dict[str, str], dict[str, str]]:
    table: dict[str, Region] = {}
    alone: dict[str, str] = {}
    adjectives: dict[str, str] = {}
    for line in _TABLE.strip().splitlines():
        iso, register, geonames, uk, pl, en, *typed = line.split("|")
        table[iso] = Region(iso, register, geonames, Words({"uk": uk, "pl": pl, "en": en}))
        for target, forms in zip((alone, adjectives), typed, strict=True):
            for form in forms.split():
                for stem in stems(form.replace("_", " ")):
                    target.setdefault(stem, iso)
    return table, alone, adjectives


REGIONS, ALONE, ADJECTIVES = _load()


def region_words(iso: str) -> Words:
    """The region's name in the nominative, in three languages; the code itself when it is unknown."""
    return REGIONS[iso].names if iso in REGIONS else Words({"uk": iso, "pl": iso, "en": iso})


def regions(country: str | None = None) -> tuple[str, ...]:
    """ISO codes of the regions of one country or of both, by their Ukrainian or Polish name."""
    wanted = [iso for iso in REGIONS if country is None or iso.startswith(country)]
    return tuple(
        sorted(
            wanted,
            key=lambda iso: REGIONS[iso].names.by_language["uk" if iso < "Q" and iso[0] == "U" else "pl"],
        )
    )


def region_of(country: str, register: str) -> str:
    """ISO code of the region with this register number; empty when there is none."""
    return next((r.iso for r in REGIONS.values() if r.register == register and r.iso.startswith(country)), "")
