"""What tells a checkable statement, word by word, in the languages the rules know.

Each entry is a piece of a regular expression, matched against whole words, ignoring case. ``""`` knows only digits and
quotation marks; English is the fullest. Sources: our own list, from what fact-checkers look for (figures, dates,
comparisons, causes, quotations, reported speech) and from what is no claim (questions, opinions, wishes).
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Patterns of one language. An empty pattern matches nothing."""

    months: str = ""
    weekdays: str = ""
    units: str = ""
    number_words: str = ""
    percent: str = ""
    speech: str = ""
    according: str = ""
    superlative: str = ""
    comparison: str = ""
    causal: str = ""
    absolute: str = ""
    denial: str = ""
    event: str = ""
    opinion: str = ""
    days: dict[str, int] = field(default_factory=dict)


_EN = Lexicon(
    months="january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    weekdays="mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?",
    units="seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centuries|century",
    number_words="two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]+)?|"
    "hundreds?|thousands?|millions?|billions?|trillions?|dozens?|half|(?:a|one|two) thirds?|(?:a|three)[- ]quarters?|"
    "one in (?:two|three|four|five|six|ten)|third|fourth|fifth",
    percent="per ?cent|percentage points?|pct",
    speech="said|says|told|tells|stated|states|announced|announces|claimed|claims|reported|reports|added|adds|"
    "conceded|concedes|admitted|admits|denied|denies|insisted|insists|argued|argues|estimates|estimated|"
    "acknowledged|acknowledges|confirmed|confirms|warned|warns|promised|promises|pledged|rejected|rejects|noted|"
    "revealed|declared|predicted|predicts|replied|recalled|testified|maintains|maintained|alleged|alleges|wrote|explained|found|puts|called",
    according="according to|in the words of",
    superlative="most|least|best|worst|highest|lowest|largest|biggest|smallest|longest|shortest|oldest|youngest|"
    "deadliest|fastest|strongest|richest|poorest|greatest|cheapest|hottest|coldest|heaviest|earliest|latest|"
    "on record|record[- ](?:high|low)|unprecedented|first(?! (?:lad|aid|name|minister|floor|class|of all))|last ever",
    comparison="(?:more|less|fewer|higher|lower|larger|bigger|smaller|faster|slower|longer|older|younger|better|worse|"
    "cheaper|stronger|earlier|later|greater|richer|poorer)(?: \\w+){0,4} than(?!\\s+(?:about |"
    "an? )?(?:[$€£]?\\d|\\w+-?(?:teen|ty)\\b|"
    "(?:one|two|three|four|five|six|seven|eight|nine|ten|half|hundreds?|a (?:hundred|dozen|thousand|"
    "million))\\b))|twice|double[ds]?|tripled|trebled|"
    "quadrupled|halved|(?:\\w+ )?times (?:that|the|as|more|higher)|as (?:many|much|high|low) as|compared (?:with|to)|"
    "rose|rise[sn]?|risen|fell|fallen|dropped|increased?|decreased?|gone up|gone down|went up|went down|soared|"
    "charges more|majority|minority|exclusively|outnumber\\w*",
    causal="because(?: of)?|due to|as a result of|as a result|caused|causes?|led to|leads to|resulted in|thanks to|"
    "owing to|triggered|responsible for|therefore|following the",
    absolute="never|always|every|all|none|nobody|no one|no other|no \\w+|not one|not a single|only|any|entire|"
    "nothing|ever|without exception",
    denial="den(?:y|ies|ied)|reject(?:s|ed)?|no evidence|falsely|untrue|invented|fabricated|hoax|ignored|violat\\w+|"
    "has not|have not|had not",
    event="killed|died|dead|drowned|wounded|injured|arrested|convicted|sentenced|banned|destroyed|built|opened|"
    "founded|closed|stolen|sank|elected|resigned|signed|occupied|captured|liberated|deployed|expelled|controlled|"
    "invaded|attacked|imported|exported|introduced|voted|paid|subsidised|subsidized|agreed|extended?|prolong(?:ed)?|"
    "displaced|evacuated|bought|sold|invested|insured|transferred|deadline|ceasefire|contract|under occupation",
    opinion="i think|i believe|i feel|i hope|i guess|in my (?:view|opinion)|we believe|we hope|should|ought to|perhaps|"
    "maybe|hopefully|it seems|seems?|seemed|remains to be seen|one can only|let me|let us|thank you|god bless|"
    "must do|shame|ashamed|disgrace|beautiful|welcome|proud|we love|loves?|happy|fair",
    days={"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6},
)
_RU = Lexicon(
    months="январ[ьяе]|феврал[ьяе]|марта?|марте|апрел[ьяе]|ма[йяе]|июн[ьяе]|июл[ьяе]|августа?|августе|"
    "сентябр[ьяе]|октябр[ьяе]|ноябр[ьяе]|декабр[ьяе]",
    weekdays="понедельник\\w*|вторник\\w*|сред[ауы]|четверг\\w*|пятниц\\w+|суббот\\w+|воскресень\\w+",
    units="секунд\\w*|минут\\w*|час(?:а|ов)?|дн(?:я|ей)|день|недел\\w+|месяц\\w*|лет|год(?:а|у|ов)?|десятилети\\w+|век\\w*",
    number_words="дв[ае]|трое?|три|четыр[её]\\w*|пять|шесть|семь|восемь|девять|десять|двадцать|тридцать|сорок|"
    "сто|тысяч\\w*|миллион\\w*|миллиард\\w*|полови\\w+|вдвое|втрое|треть|четверть",
    percent="процент\\w*",
    speech="(?:сообщи|заяви|сказа|отмети|подчеркну|рассказа|добави|утвержда|призна|объяви|написа|опроверг|"
    "подтверди|уточни|пообеща|предупреди|обвини|объясни|поясни|напомни|указа|посетова|пожалова|призва)(?:л[аои]?|лся|лась)|счита(?:ет|ют)|полага(?:ет|ют)|прогнозиру(?:ет|ют)|(?:сообща|утвержда|заявля|отмеча|говор)(?:ет|ют|ит|ят)",
    according="по (?:его|её|ее) (?:словам|мнению|данным|оценке)|по данным|по словам|по информации|по сообщению|"
    "по мнению|по оценке|по оценкам|согласно|как сообщает",
    superlative="сам(?:ый|ая|ое|ые|ого|ой|ых|ую)|наиболее|наименее|крупнейш\\w+|впервые|рекорд\\w*|перв(?:ый|ая|ое|ые)",
    comparison="(?:больше|меньше|более|менее)(?! (?:чем )?\\d)|выше|ниже|чаще|реже|вдвое|втрое|выр(?:ос|осл[аои])|"
    "сниз\\w+|увелич\\w+|"
    "упал[аои]?|превы\\w+|по сравнению",
    causal="из-за|потому что|в результате|благодаря|вследствие|привел[аои]? к|по причине",
    absolute="никогда|всегда|ни разу|ни один|ни одн\\w+|все|только|никто|каждый",
    denial="опроверг\\w*|отрица\\w+|не было|нет доказательств|ложь|ложн\\w+|наруш\\w+",
    event="погиб\\w*|ранен\\w*|открыл\\w*|построен\\w*|задержан\\w*|осужд[её]н\\w*|закры\\w+|длил\\w+|подписа\\w+|эвакуирован\\w*",
    opinion="мне кажется|я думаю|я считаю|по-моему|наверное|может быть|надо бы|хочется",
    days={"понедельник": 0, "вторник": 1, "сред": 2, "четверг": 3, "пятниц": 4, "суббот": 5, "воскресень": 6},
)
_TR = Lexicon(
    months="ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık",
    weekdays="pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar",
    units="saniye|dakika|saat|gün|hafta|ay|yıl|sene|asır",
    number_words="iki|üç|dört|beş|altı|yedi|sekiz|dokuz|on|yirmi|otuz|kırk|elli|yüz|bin|milyon|milyar|yarısı|çeyrek",
    percent="yüzde",
    speech="söyledi|dedi|açıkladı|belirtti|bildirdi|ifade etti|vurguladı|iddia etti|duyurdu|ekledi|kaydetti|"
    "yalanladı|anlattı|"
    "konuştu|dile getirdi|savundu|aktardı|uyardı|öne sürdü|söyledi|diyen|diyor|söylüyor",
    according="göre",
    superlative="en \\w+|ilk(?: kez)?|rekor",
    comparison="daha \\w+|arttı|azaldı|yükseldi|düştü|iki kat\\w*|geçti\\w*|fazla",
    causal="nedeniyle|yüzünden|sayesinde|çünkü|sonucunda|yol açtı",
    absolute="hiç\\w*|asla|her|bütün|tüm|yalnızca|sadece",
    denial="yalanladı|reddetti|yanlış|kanıt yok",
    event="öldü|yaralandı|açıldı|kuruldu|tutuklandı|kapatıldı|boşaltıldı|mal oldu|imzalandı|yıkıldı",
    opinion="bence|sanırım|galiba|belki|umarım",
    days={"pazartesi": 0, "salı": 1, "çarşamba": 2, "perşembe": 3, "cuma": 4, "cumartesi": 5, "pazar": 6},
)
_AZ = Lexicon(
    months="yanvar\\w*|fevral\\w*|mart\\w{0,2}|aprel\\w*|may\\w{0,2}|iyun\\w*|iyul\\w*|avqust\\w*|sentyabr\\w*|"
    "oktyabr\\w*|noyabr\\w*|dekabr\\w*",
    weekdays="bazar ertəsi|çərşənbə axşamı|çərşənbə|cümə axşamı|cümə|şənbə|bazar günü",
    units="saniyə|dəqiqə|saat|gün|həftə|ay|il|əsr",
    number_words="iki|üç|dörd|beş|altı|yeddi|səkkiz|doqquz|on|iyirmi|otuz|qırx|əlli|yüz|min|milyon|milyard|yarısı",
    percent="faiz\\w*",
    speech="dey(?:ib|ir)|dedi|bildirib|bildirir|söyləyib|söylədi|vurğulayıb|qeyd (?:edib|etdi|edir)|açıqlayıb|"
    "iddia edib|"
    "əlavə (?:edib|etdi)|təkzib edib|vəd edib|xəbərdarlıq edib|təsdiqləyib|izah edib|danışıb|hesab edir|"
    "hesab edib|xəbər verib|yazıb|bildirdi",
    according="görə|sözlərinə görə",
    superlative="ən \\w+|ilk(?: dəfə)?|rekord",
    comparison="daha \\w+|artıb|azalıb|yüksəlib|düşüb|dəfə|çox olub",
    causal="səbəbindən|görə|nəticəsində|çünki|sayəsində",
    absolute="heç\\w*|hər|bütün|yalnız|əsla",
    denial="təkzib|inkar|yalan",
    event="ölüb|həlak olub|yaralanıb|açılıb|tikilib|bağlanıb|imzalanıb|təmin olunub|işğal\\w*|azad edil\\w*",
    opinion="məncə|bəlkə|güman ki",
    days={},
)
_AR = Lexicon(
    months="يناير|فبراير|مارس|أبريل|إبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    weekdays="الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    units="ثاني[ةه]|دقيقة|دقائق|ساعة|ساعات|يوما?|أيام|أسبوعا?|أسابيع|شهرا?|أشهر|عاما?|أعوام|سنة|سنوات",
    number_words="اثنان|ثلاثة?|أربعة?|خمسة?|ستة?|سبعة?|ثمانية?|تسعة?|عشرة?|عشرون|عشرين|مئة|مائة|ألف|آلاف|مليون|"
    "ملايين|مليار|نصف|ثلث|ربع",
    percent="في المئة|في المائة|بالمئة|بالمائة",
    speech="و?(?:قال|قالت|أضاف|أضافت|أعلن|أعلنت|أكد|أكدت|صرح|صرحت|أفاد|أفادت|ذكر|ذكرت|نفى|نفت|زعم|زعمت|أوضح|أوضحت|"
    "أشار|أشارت|حذر|حذرت|كشف|كشفت|شدد|شددت|يقول|تقول|تابع|تابعت|لفت|لفتت)",
    according="و?(?:بحسب|حسب|وفقا|وفق)(?! ما)",
    superlative="أكبر|أصغر|أعلى|أدنى|أول|أكثر|أقل|أطول|أسوأ|أفضل|الأكبر|الأعلى",
    comparison="أكثر من|أقل من|ارتفع\\w*|انخفض\\w*|ضعف|مقارنة",
    causal="بسبب|نتيجة|لأن|أدى إلى|أدت إلى",
    absolute="كل|جميع|فقط|أبدا|لا أحد|لم",
    denial="نفى|نفت|كاذب\\w*|لا دليل",
    event="قتل|قتلت|مقتل|أصيب|جرح|افتتح|تأسس|تأسست|كلف|بني|وقع|اعتقل",
    opinion="أعتقد|أظن|ربما|لعل",
    days={"الاثنين": 0, "الإثنين": 0, "الثلاثاء": 1, "الأربعاء": 2, "الخميس": 3, "الجمعة": 4, "السبت": 5, "الأحد": 6},
)
_DE = Lexicon(
    months="januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|jänner",
    weekdays="montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag",
    units="sekunden?|minuten?|stunden?|tage?n?|wochen?|monate?n?|jahre?n?|jahrzehnte?n?|jahrhunderte?",
    number_words="zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|vierzig|fünfzig|hundert\\w*|"
    "tausende?|millionen?|milliarden?|hälfte|drittel|viertel|dutzend",
    percent="prozent\\w*",
    speech="sagte|sagt|sagten|erklärte|erklärt|erklärten|teilte|teilten|teilt|betonte|betont|behauptete|behauptet|berichtete|"
    "berichtet|bestritt|kündigte|warnte|warnt|versprach|verspricht|fügte|räumte|schrieb|bestätigte|bestätigt|meldete|"
    "meldet|gab|erläuterte|ergänzte|forderte|kritisierte|meinte|äußerte|schilderte|(?<=, )so",
    according="laut|nach angaben|nach auskunft|nach den worten|nach worten|zufolge",
    superlative="(?:größte|kleinste|höchste|niedrigste|älteste|jüngste|längste|schlimmste|beste|schlechteste|meiste|"
    "teuerste|erste)[nrsm]?|rekord\\w*|am \\w+sten",
    comparison="(?:mehr|weniger) als(?! \\d)|"
    "(?:höher|niedriger|größer|kleiner|schneller|teurer|älter) als|doppelt|verdoppel\\w*|"
    "gestiegen|gesunken|erhöht|fiel|stieg|so \\w+ wie",
    causal="weil|wegen|aufgrund|führte zu|verursacht\\w*|infolge|dank",
    absolute="nie|niemals|immer|kein(?:e|er|en|em)?|alle|jede[rsnm]?|nur|niemand",
    denial="bestritt\\w*|dementiert\\w*|wies|falsch\\w*",
    event="getötet|starb\\w*|verletzt|gebaut|gegründet|eröffnet|verurteilt|geschlossen|unterzeichnet|verboten|fiel",
    opinion="ich finde|ich denke|ich glaube|vielleicht|hoffentlich|sollte",
    days={"montag": 0, "dienstag": 1, "mittwoch": 2, "donnerstag": 3, "freitag": 4, "samstag": 5, "sonntag": 6},
)
_ES = Lexicon(
    months="enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre",
    weekdays="lunes|martes|miércoles|jueves|viernes|sábado|domingo",
    units="segundos?|minutos?|horas?|días?|semanas?|mes(?:es)?|años?|décadas?|siglos?",
    number_words="dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cuarenta|cincuenta|cien|"
    "cientos|mil|miles|millón|millones|mitad|tercio|cuarto",
    percent="por ciento",
    speech="dijo|dijeron|afirmó|afirmaron|declaró|aseguró|anunció|informó|señaló|negó|añadió|explicó|denunció|reconoció|"
    "dice|afirma|asegura|advirtió|advierte|prometió|confirmó|confirma|sostuvo|sostiene|comentó|indicó|indica|subrayó|"
    "recordó|agregó|manifestó|destacó|explica|señala|relató|contó|admitió|anuncia|apuntó|detalló|dijeron|anunciado|"
    "declarado|afirmado|asegurado|explicado|señalado|indicado|confirmado|advertido|informado|pronosticó|respondió|opinó|considera",
    according="según|de acuerdo con",
    superlative="(?:mayor|menor|mejor|peor)|más \\w+ de|primer[ao]?|récord",
    comparison="más (?:\\w+ )?que|menos (?:\\w+ )?que|doble|triple|subió|bajó|aumentó|disminuyó|cayó",
    causal="porque|a causa de|debido a|por culpa de|gracias a|provocó|causó",
    absolute="nunca|siempre|todos?|todas?|ningun[ao]?|ningún|nadie|sólo|solo",
    denial="negó|desmintió|fals[ao]s?|sin pruebas",
    event="murió|murieron|herid[ao]s?|construy\\w+|inaugur\\w+|detenid[ao]s?|condenad[ao]s?|cerr\\w+|firm\\w+|afectó",
    opinion="creo|pienso|quizás?|tal vez|ojalá|me parece",
    days={"lunes": 0, "martes": 1, "miércoles": 2, "jueves": 3, "viernes": 4, "sábado": 5, "domingo": 6},
)
_FR = Lexicon(
    months="janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    weekdays="lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    units="secondes?|minutes?|heures?|jours?|semaines?|mois|ans?|années?|décennies?|siècles?",
    number_words="deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt|trente|"
    "quarante|cinquante|soixante|cent|cents|mille|millions?|milliards?|moitié|tiers|quarts?|dizaines?|centaines?",
    percent="pour cent|pourcents?",
    speech="dit|déclaré|déclare|affirmé|affirme|annoncé|annonce|assuré|assure|indiqué|indique|expliqué|explique|précisé|"
    "précise|souligné|souligne|ajouté|ajoute|confirmé|confirme|averti|avertit|promis|promet|reconnu|reconnaît|admis|"
    "démenti|dément|estimé|estime|rappelé|rappelle|raconté|raconte|rapporté|rapporte|soutenu|soutient|révélé|révèle|"
    "prévenu|prévient|écrit|prédit|répondu|répond|jugé|noté",
    according="selon|d[’' ]après|de l[’' ]avis de|au dire de",
    superlative="(?:le|la|les) (?:plus|moins) \\w+|(?:meilleur|pire)e?s?|premi(?:er|ère)s?|record",
    comparison="plus (?:\\w+ )?que|moins (?:\\w+ )?que|deux fois|doubl\\w+|tripl\\w+|augment\\w+|baiss\\w+|diminu\\w+|"
    "par rapport à",
    causal="parce que|à cause d\\w+|en raison d\\w+|grâce à|provoqu\\w+|caus(?:é|ée|er)",
    absolute="jamais|toujours|tous|toutes|aucun|aucune|personne|seulement|uniquement",
    denial="démenti|nié|faux|fausse|sans preuve",
    event="mort|morts|tué|tuée|tués|blessé|blessés|construit|construite|inaugur\\w+|ouvert|ouverte|fermé|fermée|signé|"
    "condamné|arrêté|arrêtés|détruit|évacué|évacués",
    opinion="je pense|je crois|à mon avis|peut-être|il faudrait|espérons",
    days={"lundi": 0, "mardi": 1, "mercredi": 2, "jeudi": 3, "vendredi": 4, "samedi": 5, "dimanche": 6},
)
LEXICONS: dict[str, Lexicon] = {"en": _EN, "fr": _FR, "ru": _RU, "tr": _TR, "az": _AZ, "ar": _AR, "de": _DE, "es": _ES}


def of(language: str) -> Lexicon:
    """The words of a BCP 47 tag's language; none for a language that is not known here."""
    return LEXICONS.get(language.split("-")[0], Lexicon())


def knows(language: str) -> bool:
    """Whether there are words for a BCP 47 tag's language."""
    return language.split("-")[0] in LEXICONS
