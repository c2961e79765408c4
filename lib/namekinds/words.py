"""Words that tell the kind of a name: whole words, beginnings of words, and endings of words, in lower case."""

from typing import Final, NamedTuple


class Words(NamedTuple):
    """The words of one kind. ``begins`` and ``ends`` are for languages that inflect or write words together."""

    whole: frozenset[str]
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GOVERNMENT: Final = Words(
    _set(
        "ministry government parliament senate congress police army navy court municipality prefecture embassy cabinet "
        "council customs treasury administration gouvernement parlement sénat mairie préfecture tribunal ministère "
        "regierung bundesregierung bundestag bundesrat polizei ministerium gericht stadtverwaltung landratsamt "
        "gobierno ministerio ayuntamiento governo ministero ministério comune министерство минздрав минобороны мид "
        "правительство парламент дума госдума мэрия администрация суд полиция посольство кремль белый_дом "
        "bakanlığı hükümeti valiliği belediyesi meclisi tbmm emniyeti mahkemesi büyükelçiliği "
        "nazirliyi hökuməti məclis məclisi bələdiyyəsi məhkəməsi səfirliyi icra_hakimiyyəti "
        "وزارة الوزارة حكومة الحكومة برلمان البرلمان محكمة المحكمة بلدية البلدية شرطة الشرطة سفارة "
        "նախարարություն նախարարությունը կառավարություն կառավարությունը խորհրդարան ոստիկանություն դատարան"
    ),
    begins=("министерств", "правительств", "госдепартамент", "նախարարությ", "կառավարությ", "nazirli", "bakanlı"),
    ends=("ministerium", "ministeriums", "regierung", "gericht"),
)
OUTLET: Final = Words(
    _set(
        "news times post herald gazette tribune newspaper radio tv television broadcasting magazine chronicle observer "
        "bbc cnn reuters afp dpa ap tass тасс риа itar anadolu aljazeera zeitung tageblatt rundfunk fernsehen "
        "nachrichtenagentur journal télévision presse quotidien газета новости известия телеканал радио телевидение "
        "журнал информагентство gazetesi haber haberleri ajansı televizyonu radyosu dergisi qəzeti qəzet xəbər "
        "televiziyası radiosu agentliyi جريدة صحيفة قناة إذاعة تلفزيون مجلة "
        "թերթ հեռուստաընկերություն լրատվական ռադիո ամսագիր periódico diario giornale jornal"
    ),
    ends=("zeitung", "rundfunk", "fernsehen", "nachrichten"),
)
ORGANISATION: Final = Words(
    _set(
        "inc ltd llc plc corp corporation company co gmbh ag se kg sa sarl srl spa bv oy ab a.ş a.s ooo оао "
        "ооо пао зао ао "
        "mmc asc university college school institute hospital bank union association foundation organization "
        "organisation party federation committee commission agency authority group club church trust fund society "
        "centre center office department nations airlines railways université école institut hôpital banque syndicat "
        "parti fédération société entreprise universität hochschule verein verband gewerkschaft stiftung partei "
        "krankenhaus universidad universidade università banco banca partido partito университет институт больница "
        "банк партия союз фонд компания организация ассоциация федерация комитет агентство общество объединение центр "
        "üniversitesi enstitüsü hastanesi bankası partisi derneği vakfı şirketi holding sendikası birliği kurumu "
        "universiteti institutu bankı partiyası cəmiyyəti fondu şirkəti təşkilatı birliyi agentliyi xəstəxanası "
        "جامعة شركة بنك مصرف حزب منظمة اتحاد جمعية مؤسسة معهد مستشفى هيئة لجنة نقابة مركز "
        "համալսարան համալսարանը բանկ բանկը կուսակցություն ընկերություն կազմակերպություն հիմնադրամ միություն "
        "ինստիտուտ հիվանդանոց red_cross"
    ),
    begins=("организаци", "ассоциаци", "университет", "համալսարան", "կուսակցությ"),
    ends=("universität", "verband", "verein", "gesellschaft", "stiftung", "werke", "bank"),
)
#: Titles before a person's name.
TITLES: Final = _set(
    "mr mrs ms miss dr prof professor sir dame lord lady herr frau m mme mlle monsieur madame senator "
    "president minister "
    "mayor доктор профессор президент министр мэр господин госпожа sayın bay bayan cənab xanım الدكتور الدكتورة "
    "د السيد السيدة الشيخ الرئيس الوزير الأستاذ պարոն տիկին դոկտոր"
)
#: Small words inside persons' names.
PARTICLES: Final = _set("de da do dos del della di van von der den bin ibn bint al el la le ten ter zu oğlu qızı kızı")
#: Words that begin names of places and bodies far more often than names of persons.
NO_PERSON: Final = _set(
    "the new north south east west united european national international world american british german french russian "
    "turkish federal central public general social first global red white black green san saint la le les "
    "el der die das "
    "российский российская национальный всемирный türkiye azərbaycan azerbaijan republic cumhuriyeti respublikası city "
    "state free save friends doctors reporters amnesty human"
)
