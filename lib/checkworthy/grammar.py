"""The grammar for finding speakers, except verbs: titles, offices, order of words.

Each entry is a piece of a regular expression, matched against whole words, ignoring case. English has its own
rules in ``english.py``, Arabic in ``arabic.py``.
"""

from dataclasses import dataclass

from lib.checkworthy.titles import TITLES


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words of one language. ``verb_last``: the subject opens the sentence, the verb ends it."""

    address: str
    roles: str
    organisations: str
    determiners: str
    joins: str
    conjunctions: str
    openers: str
    prepositions: str
    kin: str
    pronouns: str
    inverters: str
    between: str
    verb_last: bool = False
    nouns_have_capitals: bool = False


_DE = Grammar(
    address="dr|prof|hr|fr|herr|herrn|frau",
    roles=r"\w*(?:minister|sprecher|leiter|chef|präsident|meister|direktor|kanzler|rat|arzt|forscher|wirt|bäcker|"
    r"händler|anwalt|richter|lehrer|professor|abgeordneter?|senator|trainer|besitzer|inhaber|betreiber|unternehmer|"
    r"wissenschaftler|ökonom|techniker|mitarbeiter|führer|kommissar|pfarrer|bischof|autor|historiker|fischer|gärtner|"
    r"ingenieur|architekt|pilot|kapitän|general|bewohner|anwohner|student|sekretär|verwalter|förster|winzer|"
    r"politiker|berater|manager|verkäufer|pfleger|apotheker|physiker|chemiker|züchter|müller|beauftragter?)(?:s|in)?|"
    r"\w{3,}(?:orin|erin|istin|entin|antin|eurin|ärin|ist|eur|iker)|\w*(?:rektor|ärztin|rätin|anwältin|log[ei]n?|login|wirtin|bauer|bäuerin|vorsitzende[rn]?|vorständin|vorstand|expert(?:e|in)|"
    r"zeugin|zeuge|abgeordnete|beauftragte|angestellte[rn]?|landwirt|biolog(?:e|in)|köchin)",
    organisations=r"\w*(?:ministerium|institut|amt|dienst(?:es)?|bund(?:es)?|behörde|polizei|gericht|universität|verband(?:es)?|"
    r"verein|gewerkschaft|kommission|agentur|stadtwerke|feuerwehr|staatsanwaltschaft|regierung|partei|zentrale|werke|"
    r"gesellschaft|stiftung|rechnungshof|bank|kammer|konzern|verwaltung|klinik)s?",
    determiners="der|die|das|dem|den|des|ein|eine|einer|einem",
    joins="von|van|vom|zu|zur|de|la|für|der|des|und|den",
    conjunctions="und|oder",
    openers="dem|den|des|am|im|in|an|auf|aus|bei|nach|vor|seit|mit|für|gegen|über|unter|zwischen|ohne|um|bis|der|die|das|ein|eine|er|"
    "sie|es|wir|ich|auch|aber|doch|denn|wenn|als|weil|dass|wie|so|nur|noch|schon|gestern|heute|morgen|dort|hier|"
    "dann|danach|später|zuvor|dazu|damit|laut|wegen|trotz|kein|keine|niemand|alle|viele|mehr|jede|jeder|jedes|"
    "dieser|diese|dieses|seine|ihre|unsere|man|was|wer|wo|warum|januar|februar|märz|april|mai|juni|juli|august|"
    "september|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag",
    prepositions="von|vom|bei|mit|für|gegen|über|zu|zur|zum|an|in|im|aus|nach|des|durch|ohne|um",
    kin="frau|mann|sohn|tochter|bruder|schwester|vater|mutter|anwalt|anwältin|witwe|enkel",
    pronouns="er|sie",
    inverters="am|im|in|gestern|heute|dazu|später|zuvor|daraufhin|nach|vor|bei|auf|zudem|auch|dies|das|weiter|zugleich|wie",
    between="auch|noch|am|gestern|heute|weiter|zudem|zugleich|selbst|hat|habe|hatte",
    nouns_have_capitals=True,
)
_FR = Grammar(
    address="dr|pr|m|mm|mme|mmes|mlle|monsieur|madame|me|docteur",
    roles=r"ministre|président\w*|maire|direct(?:eur|rice)|porte-parole|chef\w*|secrétaire|député\w*|sénat(?:eur|rice)|"
    r"profess(?:eur|eure)|juge|préfet|préfète|général|capitaine|commissaire|gouverneur\w*|agricult(?:eur|rice)|"
    r"boulang(?:er|ère)|médecin|avocat\w*|ingénieur\w*|économiste|chercheu(?:r|se)|expert\w*|responsable|syndicaliste|"
    r"premi(?:er|ère)|vice-président\w*|conseill(?:er|ère)|historien\w*|biologiste|pêcheu(?:r|se)",
    organisations="institut|ministère|office|agence|police|tribunal|cour|université|syndicat|fédération|association|banque|"
    "commission|gouvernement|préfecture|mairie|comité|conseil|observatoire|service|société|entreprise|parquet|"
    "direction|chambre|centre|organisation|hôpital|gendarmerie|autorité",
    determiners="le|la|les|l|un|une|du|des|au",
    joins="de|du|des|la|le|les|d|l|et|van|von|à|pour",
    conjunctions="et|ou",
    openers="le|la|les|un|une|des|du|de|en|dans|sur|sous|à|au|aux|pour|par|avec|sans|après|avant|depuis|pendant|selon|il|"
    "elle|ils|elles|on|nous|vous|je|ce|cet|cette|ces|mais|et|ou|donc|car|si|quand|comme|hier|demain|son|sa|ses|leur|"
    "leurs|notre|nos|plus|moins|tout|tous|toute|toutes|aucun|aucune|personne|rien|avenue|rue|place|boulevard|"
    "d'après|qui|que|où|l'avenue|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|"
    "décembre|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    prepositions="de|du|des|d|à|au|aux|avec|pour|par|sur|chez|en|dans|contre|sans|entre|et",
    kin="femme|mari|fils|fille|frère|sœur|père|mère|veuve|épouse|époux|assistante?|entourage",
    pronouns="il|elle",
    inverters="comme|hier|ainsi|dans|ce|c'est|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche",
    between="a|ont|avait|aussi|également|lui|leur|nous|y|s|l|en|hier|n|pas|ensuite|encore|se|est|été|même",
)
_ES = Grammar(
    address="dr|dra|sr|sra|srta|don|doña|d|dña|señor|señora|lic|ing|prof",
    roles=r"ministr[ao]|president[ae]|alcalde(?:sa)?|direct(?:or|ora)|portavoz|vocer[oa]|jef[ea]|secretari[oa]|diputad[oa]|"
    r"senador[a]?|profesora?|juez|jueza|general|capitán|comisari[oa]|gobernador[a]?|agricultora?|panader[oa]|"
    r"médic[oa]|doctora?|abogad[oa]|ingenier[oa]|economista|investigadora?|expert[oa]|responsable|sindicalista|"
    r"viceministr[ao]|vicepresident[ae]|concejal[a]?|historiadora?|biólog[oa]|pescadora?|consejer[oa]|fiscal|gerente|vecin[oa]",
    organisations="instituto|ministerio|oficina|agencia|policía|tribunal|corte|universidad|sindicato|federación|asociación|"
    "banco|comisión|gobierno|ayuntamiento|comité|consejo|observatorio|servicio|sociedad|empresa|fiscalía|"
    "dirección|cámara|centro|organización|hospital|fundación|autoridad|alcaldía|secretaría",
    determiners="el|la|los|las|un|una|lo|del|al",
    joins="de|del|la|las|los|el|y|e|van|von|para",
    conjunctions="y|e|o",
    openers="el|la|los|las|un|una|en|de|del|al|a|ante|bajo|con|contra|desde|entre|hacia|hasta|para|por|según|sin|sobre|tras|"
    "él|ella|ellos|ellas|yo|nosotros|esto|este|esta|estos|estas|ese|esa|pero|y|o|si|cuando|como|ayer|hoy|mañana|su|"
    "sus|nuestro|más|menos|todo|todos|toda|todas|ningún|ninguna|nadie|nada|no|se|que|quien|donde|avenida|calle|plaza|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|lunes|martes|"
    "miércoles|jueves|viernes|sábado|domingo",
    prepositions="de|del|a|al|con|para|por|sobre|en|contra|sin|entre|y",
    kin="esposa|esposo|marido|mujer|hij[oa]|herman[oa]|padre|madre|viuda|asistente|entorno",
    pronouns="él|ella",
    inverters="como|ayer|así|hoy|lo|también|en|el|esto|eso|según",
    between="ha|han|había|también|lo|le|les|se|nos|ayer|hoy|además|no|luego|ya|mismo",
)
_RU = Grammar(
    address="д-р|г-н|г-жа|г|господин|госпожа|проф|акад|доктор|им",
    roles=r"министр\w*|президент\w*|мэр\w*|губернатор\w*|директор\w*|глав[аыеу]|начальник\w*|председател\w*|депутат\w*|"
    r"сенатор\w*|профессор\w*|судь\w+|генерал\w*|капитан\w*|представител\w*|секретар\w*|фермер\w*|врач\w*|пекар\w*|"
    r"учител\w*|адвокат\w*|инженер\w*|экономист\w*|эксперт\w*|исследовател\w*|руководител\w*|премьер\w*|"
    r"премьер-министр\w*|вице-\w+|советник\w*|историк\w*|биолог\w*|рыбак\w*|заместител\w*|координатор\w*|"
    r"академик\w*|прокурор\w*|полковник\w*|пресс-секретар\w*|доцент\w*|тренер\w*|журналист\w*|аналитик\w*|жител\w*|сосед\w*",
    organisations=r"министерств\w+|институт\w*|полици\w+|суд[аеу]?|профсоюз\w*|агентств\w+|комитет\w*|комисси\w+|"
    r"университет\w*|ведомств\w+|правительств\w+|банк\w*|служб\w+|федераци\w+|ассоциаци\w+|управлени\w+|"
    r"прокуратур\w+|администраци\w+|компани\w+|центр\w*|больниц\w+|совет\w*|росстат\w*|мвд|мчс|минздрав\w*",
    determiners="этот|эта",
    joins="фон|де|ван|по|и",
    conjunctions="и|или",
    openers="в|во|на|с|со|по|из|за|от|до|у|о|об|к|для|при|через|после|перед|под|над|между|без|он|она|они|оно|мы|я|вы|это|"
    "этот|эта|эти|но|и|а|или|если|когда|как|что|где|кто|вчера|сегодня|завтра|раньше|летом|зимой|весной|осенью|его|её|"
    "их|наш|свой|все|всё|весь|никто|ничто|не|ни|там|тут|здесь|затем|потом|также|однако|поэтому|город|улица|площадь|"
    "проспект|согласно|январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь|понедельник|"
    "вторник|среда|четверг|пятница|суббота|воскресенье",
    prepositions="в|во|на|с|со|о|об|у|к|от|из|для|при|под|над|между|за|и|без|им|про|через",
    kin="жена|муж|сын|дочь|брат|сестра|отец|мать|вдова|адвокат|помощник|помощница|подруга|друг",
    pronouns="он|она",
    inverters="как|об|вчера|сегодня|позже|ранее|в|также|затем|этом",
    between="также|ранее|вчера|сегодня|позже|в|понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье|уже|ещё|"
    "затем|об|этом|нам|журналистам",
)
_TR = Grammar(
    address="dr|prof|doç|sayın|bay|bayan|yrd|op|uzm|av",
    roles=r"\w{3,}(?:log|nom|graf)|\w*(?:bakan(?:ı)?|başkan(?:ı)?|müdür(?:ü)?|sözcü(?:sü)?|vekil(?:i)?|sekreter(?:i)?|cumhurbaşkanı|yardımcı(?:sı)?|"
    r"danışman(?:ı)?|yönetici(?:si)?|komutan(?:ı)?|rektör(?:ü)?|temsilci(?:si)?|hoca(?:sı)?|uzman(?:ı)?|vali(?:si)?|"
    r"kaymakam(?:ı)?|muhtar(?:ı)?|profesör(?:ü)?|savcı(?:sı)?|hakim(?:i)?|hekim(?:i)?|doktor(?:u)?|öğretmen(?:i)?|"
    r"mühendis(?:i)?|avukat(?:ı)?|ekonomist(?:i)?|çiftçi(?:si)?|fırıncı(?:sı)?|balıkçı(?:sı)?|eczacı(?:sı)?|general(?:i)?|"
    r"albay|kaptan(?:ı)?|koordinatör(?:ü)?|üye(?:si)?|lider(?:i)?|direktör(?:ü)?|tarihçi(?:si)?|biyolog|araştırmacı(?:sı)?|"
    r"gazeteci(?:si)?|esnaf|belediye|genel|milletvekil(?:i)?|büyükelçi(?:si)?|antrenör(?:ü)?)",
    organisations=r"\w*(?:bakanlı(?:k|ğı|ğa|ğına|ğın)|müdürlüğü|kurum(?:u)?|kurul(?:u)?|valili(?:k|ği)|belediye(?:si)?|üniversite(?:si)?|"
    r"enstitü(?:sü)?|birli(?:k|ği)|derne(?:k|ği)|sendika(?:sı)?|mahkeme(?:si)?|polis|jandarma|hükümet|parti(?:si)?|banka(?:sı)?|"
    r"ajans(?:ı)?|şirket(?:i)?|vakf(?:ı)|merkez(?:i)?|odası|başkanlığı|komisyon(?:u)?|meclis(?:i)?|hastane(?:si)?|savcılı(?:k|ğı)|"
    r"konsey(?:i)?|federasyon(?:u)?|teşkilatı|idaresi|ofisi)",
    determiners="bu|bir",
    joins="ve",
    conjunctions="ve|ile|veya",
    openers="bu|şu|o|bir|her|hiç|ve|ama|fakat|ancak|daha|en|çok|yeni|geçen|dün|bugün|yarın|sonra|önce|için|gibi|ben|biz|"
    "siz|onlar|ne|kim|nasıl|neden|nerede|ayrıca|böylece|kimse|herkes|bütün|tüm|ocak|şubat|mart|nisan|mayıs|"
    "haziran|temmuz|ağustos|eylül|ekim|kasım|aralık|pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar",
    prepositions="ile|için|hakkında|tarafından|gibi|kadar|göre|adına|adlı|ve|isimli|yerine|karşı|üzerine",
    kin="eşi|oğlu|kızı|kardeşi|babası|annesi|avukatı",
    pronouns="o",
    inverters="",
    between="bunu|da|de|ayrıca|diye|şöyle|böyle|ise",
    verb_last=True,
)
_AZ = Grammar(
    address="dr|prof|dos|cənab|xanım|bəy|müəllim",
    roles=r"\w{3,}(?:loq|çı|çi|çu|çü|ist|qraf)|\w*(?:nazir(?:i|in)?|sədr(?:i|in)?|prezident(?:i)?|müdir(?:i)?|sözçü(?:sü)?|rəis(?:i)?|direktor(?:u)?|"
    r"deputat(?:ı)?|katib(?:i)?|müavin(?:i)?|müşavir(?:i)?|başçı(?:sı)?|rəhbər(?:i)?|nümayəndə(?:si)?|həkim(?:i)?|"
    r"müəllim(?:i)?|mühəndis(?:i)?|vəkil(?:i)?|iqtisadçı(?:sı)?|fermer(?:i)?|ekspert(?:i)?|professor(?:u)?|hakim(?:i)?|"
    r"prokuror(?:u)?|general(?:ı)?|kapitan(?:ı)?|jurnalist(?:i)?|tədqiqatçı(?:sı)?|tarixçi(?:si)?|balıqçı(?:sı)?|"
    r"çörəkçi(?:si)?|koordinator(?:u)?|üzv(?:ü)?|bələdiyyə|icra|baş|səfir(?:i)?|rektor(?:u)?|sakin(?:i)?|məşqçi(?:si)?)",
    organisations=r"\w*(?:nazirli(?:k|yi|yin|yinin|yə)|komitə(?:si|sinin|nin)?|idarə(?:si|sinin)?|agentli(?:k|yi|yinin)|institut(?:u|unun)?|"
    r"universitet(?:i|inin)?|polis|məhkəmə(?:si|sinin)?|bank(?:ı|ının)?|xidmət(?:i|inin)?|şirkət(?:i|inin)?|mərkəz(?:i|inin)?|"
    r"hökumət|parti(?:ya|yası)|assosiasiya(?:sı|sının)?|federasiya(?:sı|sının)?|bələdiyyə(?:si)?|prokurorlu(?:q|ğu|ğunun)|"
    r"birli(?:k|yi|yinin)|fond(?:u|unun)?|şura(?:sı|sının)?|həmkarlar|ittifaqı(?:nın)?)",
    determiners="bu|bir",
    joins="və",
    conjunctions="və|ilə|ya",
    openers="bu|o|bir|hər|heç|və|amma|lakin|daha|ən|çox|yeni|ötən|keçən|dünən|bu gün|sabah|sonra|əvvəl|üçün|mən|biz|"
    "siz|"
    "onlar|nə|kim|necə|niyə|harada|ayrıca|hamı|bütün|yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|"
    "oktyabr|noyabr|dekabr|həmçinin|onun|bunun",
    prepositions="ilə|üçün|haqqında|tərəfindən|kimi|qədər|görə|adına|adlı|və|əvəzinə|qarşı",
    kin="arvadı|həyat yoldaşı|oğlu|qızı|qardaşı|bacısı|atası|anası|vəkili",
    pronouns="o",
    inverters="",
    between="bunu|da|də|həmçinin|isə|belə",
    verb_last=True,
)
_EN = Grammar(
    address="dr|mr|mrs|ms|prof|sir",
    roles="|".join(sorted(TITLES)),
    organisations="ministry|court|council|agency|inc|ltd|corp|company|lines?|university|office|union|police|army|guard|"
    "brigade|committee|commission|parliament|government|party|bank|institute|association|group|service|department|"
    "authority|board|house|hospital|nations|watch|federation|street|road|avenue|square|river|lake|city|county|bridge|"
    "airport|station|school|church|museum|park|island|islands|valley|port|war|treaty|sea",
    determiners="the|a|an",
    joins="of|for|on|and|the",
    conjunctions="and|or",
    openers="the|a|an|about|after|all|almost|also|although|and|around|as|at|because|before|both|but|by|during|each|every|"
    "few|for|from|here|how|if|in|just|last|many|more|most|nearly|next|no|not|now|of|on|once|one|only|over|several|"
    "since|so|some|such|than|that|then|there|these|this|those|though|to|two|under|until|what|when|where|which|while|"
    "with|yet|he|she|it|they|we|i|you|his|her|its|their|our|my|yesterday|today|tomorrow|later|earlier|however|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|"
    "september|october|november|december",
    prepositions="of|by|for|with|from|to|at|in|on|and",
    kin="wife|husband|son|daughter|brother|sister|father|mother|widow",
    pronouns="he|she",
    inverters="",
    between="also|later|then",
)
GRAMMARS: dict[str, Grammar] = {"en": _EN, "de": _DE, "fr": _FR, "es": _ES, "ru": _RU, "tr": _TR, "az": _AZ}
