"""Words that only the names of places have, in the languages the rules know."""

import re

#: Words that only places have: "Corea del Sur", "Южная Корея", "New York". A place is no person.
WORD = re.compile(
    r"(?:kor[eé]a|kore|koreya|corea|corée|коре[яиеюй]+|arabia|arabien|arabie|arabistan\w*|ərəbistan\w*|арави\w+|"
    r"unidos|unido|états|unis|rica|lanka|zelanda|zélande|seeland|зеланди\w+|york|angeles|aires|janeiro|kong|dhabi|aviv|"
    r"karabakh|karabağ|qarabağ\w*|карабах\w*|новгород\w*|macedonia|macédoine|mazedonien|makedonya|makedoniya|македони\w+|afrika|africa|afrique|африк\w+|"
    r"amerika|america|amérique|америк\w+|avropa|europa|europe|европ\w+|states|kingdom|emirates|emirlik\w*|əmirlik\w*|"
    r"republic|republik|república|république|respublika\w*|республик\w+|cumhuriyet\w*|район\w*|област\w+|край|"
    r"rayonu\w*|şəhəri\w*|kəndi|vilayəti|bölgesi|ilçesi|caddesi|sokağı|küçəsi|saray|blanca|blanche|дом)",
    re.IGNORECASE,
)
