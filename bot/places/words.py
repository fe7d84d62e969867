"""Words around a place name: what they say about it, and which of them say nothing.

Every list is lower case; Polish words stand with and without their diacritics through ``plain``.
"""

# ruff: noqa: E501 - tables read better in whole lines

import unicodedata
from typing import Literal

Hint = Literal["urban", "settlement", "rural", "mixed", "village", "UA", "PL", "office"]


def plain(word: str) -> str:
    """Lower case without diacritics; ``й``, ``ї`` and ``ґ`` keep theirs."""
    kept = word.casefold().replace("ł", "l")
    if kept.isascii() or any("\u0400" <= c <= "\u04ff" for c in kept):
        return kept
    return "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))


def _words(text: str) -> frozenset[str]:
    return frozenset(map(plain, text.split()))


NOISE = _words(
    # Ukrainian and Russian
    """а або але б би був була було бути в вам вами вас ваш ваша ваше ваші весь ви він вона вони від все всі всім
    да дай де день дня для до доброго добрий доброго добрий дуже дякую є ж за з зі із й його її їх і из к
    ко коло ли ласка мене мені ми мій моя моє мої на над нам нас наш наша наше наші нашого нашої нашій не нема ні
    об один он она от о по при про под пишу пише працюю працює представляю представляємо представник
    представниця прошу раді рад рада сам своя своєї своїй свою себе спасибі так та те там тебе ти то тому тут у
    хто хочу хочемо це цей ця цього чи що шо я як яка який яке здравствуйте привіт привет вітаю вітання вечір
    ранок ранку вечора добридень шановні шановний пане пан пані колеги колего звертаюся звертаємось
    звати будь живу живемо знаходжусь знаходимось шукаю шукаємо партнера партнер партнерів партнерство поблизу
    біля неподалік недалеко поруч околиці околиць знайти треба потрібно нам нужен нужно мы я ищем из есть пишем
    пишете кажу називається назва написати відповідь питання допоможіть допомога можна можете може працівник
    спеціаліст секретар заступник заступниця відділ начальник відповідальна особа контакт телефон
    меню слава героям скасувати назад далі вихід сша виконуючий обов'язки в.о виконавчий комітет виконком гаразд ок окей ні ага дякуємо доброї ночі
    усе усі усім лише вже ще іще потім зараз зачекайте хвилинку подивлюся зрозумів зрозуміла зрозуміло розумію
    повторіть помилка раз інше інший інша списку слухаю хотів хотіла хотіли зареєструватися реєстрація
    управління сектор сектору завідувач завідувачка директор директорка керівник керівниця бухгалтер бухгалтерія
    бухгалтерії депутат депутатка радник радниця юрист інженер фахівець помічник помічниця посада заклад закладу
    установа установи організація організації влада владу місцеву самоврядування справ питань роботи працівниця
    нарада через після перед між серед трохи наразі можливо чекаю чекаємо скоро десь звідки"""
    # Polish
    """a aby albo ale będę by być chcę chcemy ci co czy dla do dobry dzień dobrego dnia dziękuję gdzie i ich ja jak
    jaka jaki jako je jest jestem jesteśmy już kto która który mam mamy mi mnie moja mój moje my na nad nam nas
    nasz nasza nasze naszej naszego nie niedaleko o od oraz pan pani panie państwo piszę piszemy po pod pochodzę
    pracuję pracownik pracownica poproszę proszę przed przy reprezentuję reprezentujemy się są siema szanowni
    szukam szukamy partnera ta tak także tam te tego też to tu twoja u w we wieczór witam witajcie z za ze
    znaleźć blisko obok okolice okolicy okolicach koło cześć hej hejka serdecznie pozdrawiam dzwonię kontakt
    partnerstwo nazywam jeśli można proszę mieszkam menu anuluj wstecz dalej wyjście chwała zastępca sekretarz referent inspektor wydział naczelnik
    tylko już jeszcze teraz potem chwilę chwilkę poczekać proszę rozumiem spróbuję liście lista inne inny
    zarejestrować rejestracja kierownik kierowniczka dyrektor dyrektorka skarbnik księgowa księgowy radny radna
    doradca pełnomocnik asystent asystentka stanowisko jednostka jednostki zakład ośrodek referat biuro sprawy
    spraw działa działu dział pracy stoi mała mały małe małą małej duże duży duża przez między podczas"""
    # English
    """a am an and are around at by close dear evening find for from good hello hi i in is it looking me morning my
    near nearby of on our partner please the this to us we with working work write writing you your thanks thank
    name called day who what where help yes no ok okay how do does did can could would should will why when which
    your my his her their it's i'm fine bye see later soon sorry want register
    registration small large big wait minute wrong went something head deputy director manager officer department
    economic development international specialist secretary assistant representative institution"""
)

_HINTS: tuple[tuple[str, tuple[Hint, ...]], ...] = (
        ("громада громади громаді громаду громадою громад територіальна територіальної територіальній тг отг мтг "
         "стг община общины общине рада раді hromada hromady hromadzie hromadę hromadą gromada gromady", ("UA", "office")),
        ("міська міської міській міську міською мтг", ("urban", "office")),
        ("міськрада міськради міськраді мерія мерії міський міського міському мер мера мэр городской городского горсовет городская mayor", ("urban", "office")),
        ("місто міста місті містом м город города г city town", ("urban",)),
        ("селищна селищної селищній селищну селищною селищний селищного смт пгт поселковая селище селища селищі "
         "поселок посёлок settlement", ("settlement", "office")),
        ("сільрада сільради сільраді сільська сільської сільській сільську сільською сільський сільського сельский сельская сельской rural",
         ("rural", "office")),
        ("село села селі селом с деревня хутір wieś wsi wioska wioski sołectwo sołectwa sołtys village", ("village",)),
        ("голова голови голові голову головою старости старостинський голова сільради глава head urząd urzędu "
         "urzędzie urzedu municipality commune council office administration адміністрація адміністрації", ("office",)),
        ("gmina gminy gminie gminę gminą gmin ug гміна гміни гміні гміну гміною гмина гмины", ("PL", "office")),
        ("wójt wójta wójtem wójcie wójtowi войт войта війт війта", ("PL", "rural", "office")),
        ("burmistrz burmistrza burmistrzem burmistrzowi бурмістр бурмістра бургомістр", ("PL", "office", "urban", "mixed")),
        ("prezydent prezydenta prezydentem", ("PL", "urban", "office")),
        ("miasto miasta mieście miastem miastu um", ("PL", "urban")),
        ("miejska miejskiej miejską miejski miejskiego miejskim", ("PL", "urban", "office")),
        ("wiejska wiejskiej wiejską", ("PL", "rural", "office")),
        ("umig", ("PL", "mixed", "office")),
        ("україна україни україні ukraina ukrainy ukrainie ukraine украина украины ua", ("UA",)),
        ("польща польщі польщу polska polski polsce poland польша польши pl", ("PL",)),
)  # fmt: skip
HINTS = {plain(word): hints for words, hints in _HINTS for word in words.split()}

IN_NAMES_TOO = _words(
    "wieś wsi wies miasto miasta mieście місто міста місті село села селі селище рада ради хутір"
)
HALVES = _words("miejsko місько міcько городско")

REGION_NOUNS = _words(
    """область області областю обл областi обл-ть области областью oblast oblasti oblast' obwód obwodu obwodzie
    obwodem region regionu regionie регіон регіону регион воєводство воєводства воєводстві воеводство
    воеводства województwo województwa województwie woj voivodeship voivodship province край краю area"""
)
DISTRICT_NOUNS = _words(
    "район району районі районом р-н raion rayon rejon rejonu rejonie powiat powiatu powiecie pow district county "
    "повіт повіту пов"
)
GIVEN_NAMES = _words(
    """олександр олександра олексій олена оксана ольга олег андрій анна ганна іван ірина марія микола михайло
    наталія наталя петро світлана сергій тетяна юлія юрій володимир василь віктор вікторія людмила катерина ігор
    богдан тарас дмитро максим роман степан ярослав галина надія леся лариса валентина валерій анатолій віталій
    вадим павло євген григорій денис артем антон назар остап соломія христина яна аліна інна алла ніна зоя
    сергей алексей дмитрий николай михаил елена наталья татьяна екатерина евгений андрей юрий александр
    jan anna piotr paweł andrzej krzysztof tomasz marcin michał marek maria katarzyna małgorzata agnieszka barbara
    ewa elżbieta zofia janina teresa magdalena monika jadwiga danuta irena halina helena grzegorz józef łukasz
    adam zbigniew jerzy tadeusz mateusz dariusz mariusz wojciech ryszard jakub henryk robert rafał kazimierz jacek
    maciej kamil janusz mirosław sławomir stanisław zdzisław oleksandr andriy serhii iryna natalia olena oksana
    ivan petro mykola john peter karolina joanna aleksandra justyna dorota beata iwona ola kasia ania basia
    bartosz szymon filip natalia julia wiktoria bożena paulina grażyna marta sylwia iza izabela lidia lucyna
    stefan wioletta ludwik edyta renata wiesława mariola daniel patryk adrian dawid krystian sebastian artur leszek bogdan waldemar
    marian eugeniusz zenon edward czesław bogusław марина лілія степанія стефанія леся віра мирослава ольха остап лев данило
    олеся руслан руслана тамара раїса клавдія єва софія поліна дарина анастасія аліса злата маркіян орест
    стефан зеновій левко юхим семен тимофій федір захар гліб костянтин ростислав святослав мирон мар'яна уляна"""
)
ABOUT_A_PERSON = _words(
    "звати пан пані пане прізвище nazywam pan pani imię nazwisko mr mrs mister mr господин"
)
SURNAMES = _words(
    """коваль ковальчук шевченко бондаренко мельник ткаченко кравченко олійник поліщук лисенко савченко руденко
    петренко мороз клименко павленко левченко швець гончар гончаренко кравець ткач бондар мельничук козак бойко
    іваненко сидоренко василенко мартинюк кравчук романюк савчук
    kowal kowalski kowalska nowak wiśniewski wiśniewska wójcik kowalczyk kamiński kamińska lewandowski lewandowska
    zieliński zielińska szymański szymańska woźniak dąbrowski dąbrowska kozłowski kozłowska mazur jankowski
    kwiatkowski krawczyk piotrowski grabowski pawłowski michalski zając król wieczorek majewski kovalenko koval
    shevchenko melnyk bondar зінченко приходько литвиненко іванов петров сидоренко хоменко гаврилюк"""
)
SURNAME_ENDS = ("енко", "чук", "enko", "czuk", "owski", "ewski", "iński", "inski", "czyk")
COMMON = _words(
    """поле гора річка озеро вікно перемога надія любов весна осінь зима літо вода світло газ дорога міст ліс море
    дім хата книга стіл двері хліб гроші час робота лікар діти мир війна понеділок вівторок середа четвер п'ятниця
    субота неділя завтра вчора сьогодні школа лікарня садок автобус допомога тест початок кінець схід захід північ
    південь поділля полісся карпати галичина бескиди центр
    góra rzeka dom las woda praca dzieci rodzina pokój wojna zima lato jesień wiosna środa szkoła most mosty drogi
    січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
    styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
    poniedziałek wtorek czwartek piątek sobota niedziela dobre добре
    pompa rury autobus pomoc galicja podole polesie karpaty tatry bieszczady kresy żuławy wschód zachód północ
    południe centrum test start koniec"""
)
ABBREVIATIONS = {
    "wlkp": "wielkopolski", "maz": "mazowiecki", "podl": "podlaski", "lub": "lubelski", "sl": "śląski",
    "kuj": "kujawski", "tryb": "trybunalski", "pom": "pomorski", "sw": "święty", "wlk": "wielki", "d": "dolny",
    "krol": "królewski", "ziel": "zielona", "ol": "olecki",
}  # fmt: skip
ORDINARY = _words(
    """гора долина річка берег став ставок озеро лиман степ ліс гай сад парк луг поле яр камінь пісок міст кам'яний
    дуб липа сосна береза калина вишня яблуня верба вишневий дубовий сосновий калиновий липовий
    білий чорний червоний синій зелений золотий новий старий великий малий високий низький гарний добрий вільний
    мирний веселий тихий ясний світлий теплий холодний сухий красний зимний
    перемога воля мир слава свято ранок вечір ніч день осінь весна зима літо пісня радість щастя
    село місто городок хутір слобода слобідський край пристань маяк порт ярмарок базар двір хата бар млин завод
    дорога шлях перехрестя станція школа церква монастир замок башта
    góra góry dolina rzeka brzeg staw jezioro las gaj sad park łąka pole kamień piasek most potok źródło
    dąb lipa sosna brzoza jodła klon wierzba kalina wiśnia jabłoń
    biały czarny czerwony niebieski zielony złoty nowy stary wielki mały wysoki niski dobry wolny spokojny wesoły
    cichy jasny ciepły zimny suchy piękny śliczny krótki długi szeroki
    wieś miasto gród osada dwór dom pokój rada szkoła kościół klasztor zamek wieża młyn huta kuźnia karczma rynek
    targ droga przystań port radość wola raz olza wisła san bug narew warta odra pilica bystrzyca skawa nida
    зоря зірка сонце місяць гроза роса туман дощ сніг земля глина залізо золото сіль цукор молоко хліб риба
    кінь корова вівця коза свиня курка гусак качка собака лис лисиця білка їжак олень зубр бджола оса муха комар
    жаба рак голуб лелека сокіл орел ворон ворона лебідь вовк ведмідь заєць бобер соловей
    брід яр рів гай бір замок хрест могила курган криниця джерело потік струмок затока коса острів скала печера
    słońce gwiazda księżyc burza mróz rosa mgła śnieg ziemia glina żelazo złoto sól cukier mleko chleb ryba orzech
    grzyb koń krowa owca koza świnia kura gęś kaczka pies lis jeż jeleń żubr pszczoła mucha komar żaba rak gołąb
    bocian sokół orzeł kruk łabędź wilk bobr zając ruda skała polana brody borki brzegi błonie cisna bród bór
    krzyż mogiła strumień zatoka wyspa jaskinia wąwóz hala przełęcz laski piaski
    bar sun star snow iron gold milk cow horse bread fish water river valley hill mountain forest garden park field stone bridge lake green white black red new old great small"""
)
INSIDE_NAMES = _words("nad pod na i w przy koło над під на і в при")
FROM = _words("з із зі від c с из z ze od from of")
