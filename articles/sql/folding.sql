-- Folding, as articles/folding does it. This file is written by `python -m tools.folding_sql`: change the tables in
-- articles/folding, then run it, and add a migration (README.md).

-- A word without accents and other marks: fold() of articles/folding, for words in small letters.
CREATE OR REPLACE FUNCTION factcheck_fold(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE WHEN word ~ '^[\u0001-\u007f]*$' THEN word ELSE normalize(translate(replace(replace(replace(replace(regexp_replace(lower(normalize(translate(replace(replace(replace(replace(word, 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), 'əıøłđðħŧёٱىةیکگ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯௦௧௨௩௪௫௬௭௮௯０１２３４５６７８９ς', 'eiolddhtеايهيكك012345678901234567890123456789012345678901234567890123456789σ'), NFKD)), '(?<![\u0400-\u04ff])[\u0306\u0308]|[\u0300-\u0305\u0307\u0309-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d\u00ad]', '', 'g'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'ß', 'ss'), 'əıøłđðħŧёٱىةیکگ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯௦௧௨௩௪௫௬௭௮௯０１２３４５６７８９ς', 'eiolddhtеايهيكك012345678901234567890123456789012345678901234567890123456789σ'), NFC)
END
$$;

-- A text with its digits as 0 to 9, acronyms without dots (U.S. as US), numbers without thousands separators, and a
-- point as the decimal sign. In Turkish and Azerbaijani a small I has no dot, a capital one may.
CREATE OR REPLACE FUNCTION factcheck_plain(language text, words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE WHEN numbers !~ '\d' THEN numbers
    WHEN split_part(language, '-', 1) IN ('en', 'ar', 'he', 'hi', 'ja', 'ko', 'ne', 'ta', 'th', 'ur', 'zh', 'ga', 'ms', 'sw') THEN regexp_replace(
        numbers,
        '(?<=\m\d{1,3})(?:[,''\u0020\u00a0\u202f](?=\d{3}\M)|\.(?=000\M|\d{3}\.\d{3}\M)|(?<=\.\d{3})\.(?=\d{3}\M))',
        '', 'g')
    ELSE regexp_replace(regexp_replace(
        numbers,
        '(?<=\m\d{1,3})(?:[.''\u0020\u00a0\u202f](?=\d{3}\M)|,(?=000\M|\d{3},\d{3}\M)|(?<=,\d{3}),(?=\d{3}\M))',
        '', 'g'), '(?<=\d),(?=\d{1,3}\M)', '.', 'g')
    END
FROM (SELECT CASE WHEN digits ~ '\.[[:alpha:]]'
    THEN regexp_replace(digits, '(?<=\m[[:alpha:]])\.(?=[[:alpha:]]\M)', '', 'g') ELSE digits END AS numbers
FROM (SELECT translate(
    CASE WHEN split_part(language, '-', 1) IN ('az', 'tr') THEN translate(words, 'İI', 'iı') ELSE words END,
    '٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯௦௧௨௩௪௫௬௭௮௯０１２３４５６７８９٫٬％٪’', '012345678901234567890123456789012345678901234567890123456789.,%%'''
) AS digits) d) n
$$;

-- The figures of a plain text that are written with a word or sign: 2400000 for "2.4 million", 30% for "30 percent".
-- The pattern of a language has one group for each power of ten, from thousands to billions (10**12).
CREATE OR REPLACE FUNCTION factcheck_figures(language text, plain text) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT trim_scale(f.found[1]::numeric * CASE
    WHEN f.found[2] IS NOT NULL THEN 1000 WHEN f.found[3] IS NOT NULL THEN 1000000
    WHEN f.found[4] IS NOT NULL THEN 1000000000 ELSE 1000000000000 END)::text
FROM regexp_matches(plain, CASE split_part(language, '-', 1)
    WHEN 'en' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:thousand|grand)|(?:k))|([\s-]?(?:million|millions|mil)|(?:m|mn|mio|mln))|([\s-]?(?:billion|billions)|(?:b|bn|mrd|mlrd))|([\s-]?(?:trillion|trillions)))(?!\w)'
    WHEN 'de' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:tausend|tsd\.?)|(?:k))|([\s-]?(?:million|millionen|mio\.?)|(?:m|mn|mio|mln))|([\s-]?(?:milliarden?|mrd\.?)|(?:b|bn|mrd|mlrd))|([\s-]?(?:billion|billionen)))(?!\w)'
    WHEN 'es' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:mil)|(?:k))|([\s-]?(?:millón|millones)|(?:m|mn|mio|mln))|([\s-]?(?:mil millones|millardos?)|(?:b|bn|mrd|mlrd))|([\s-]?(?:billón|billones)))(?!\w)'
    WHEN 'fr' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:mille|milliers)|(?:k))|([\s-]?(?:millions?)|(?:m|mn|mio|mln))|([\s-]?(?:milliards?)|(?:b|bn|mrd|mlrd))|([\s-]?(?:billions?)))(?!\w)'
    WHEN 'it' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:mila)|(?:k))|([\s-]?(?:milion[ei])|(?:m|mn|mio|mln))|([\s-]?(?:miliard[oi])|(?:b|bn|mrd|mlrd))|(\u0001))(?!\w)'
    WHEN 'pt' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:mil)|(?:k))|([\s-]?(?:milhão|milhões)|(?:m|mn|mio|mln))|([\s-]?(?:bilhão|bilhões|mil milhões)|(?:b|bn|mrd|mlrd))|(\u0001))(?!\w)'
    WHEN 'nl' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:duizend)|(?:k))|([\s-]?(?:miljoen)|(?:m|mn|mio|mln))|([\s-]?(?:miljard)|(?:b|bn|mrd|mlrd))|(\u0001))(?!\w)'
    WHEN 'tr' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:bin)|(?:k))|([\s-]?(?:milyon\w*)|(?:m|mn|mio|mln))|([\s-]?(?:milyar\w*)|(?:b|bn|mrd|mlrd))|([\s-]?(?:trilyon\w*)))(?!\w)'
    WHEN 'az' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:min)|(?:k))|([\s-]?(?:milyon\w*|mln\.?)|(?:m|mn|mio|mln))|([\s-]?(?:milyard\w*|mlrd\.?)|(?:b|bn|mrd|mlrd))|([\s-]?(?:trilyon\w*)))(?!\w)'
    WHEN 'ru' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:тыс\.?|тысяч\w*)|(?:k))|([\s-]?(?:млн\.?|миллион\w*)|(?:m|mn|mio|mln))|([\s-]?(?:млрд\.?|миллиард\w*)|(?:b|bn|mrd|mlrd))|([\s-]?(?:трлн\.?|триллион\w*)))(?!\w)'
    WHEN 'uk' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:тис\.?|тисяч\w*)|(?:k))|([\s-]?(?:млн\.?|мільйон\w*)|(?:m|mn|mio|mln))|([\s-]?(?:млрд\.?|мільярд\w*)|(?:b|bn|mrd|mlrd))|(\u0001))(?!\w)'
    WHEN 'ar' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:ألف|ألفا|آلاف|الف)|(?:k))|([\s-]?(?:مليون|مليونا|ملايين)|(?:m|mn|mio|mln))|([\s-]?(?:مليار|مليارا|مليارات)|(?:b|bn|mrd|mlrd))|([\s-]?(?:تريليون)))(?!\w)'
    WHEN 'hy' THEN '\m(\d{1,15}(?:\.\d{1,6})?)(?:([\s-]?(?:հազար\w*)|(?:k))|([\s-]?(?:միլիոն\w*|մլն)|(?:m|mn|mio|mln))|([\s-]?(?:միլիարդ\w*|մլրդ)|(?:b|bn|mrd|mlrd))|(\u0001))(?!\w)'
    ELSE '\m(\d{1,15}(?:\.\d{1,6})?)(?:((?:k))|((?:m|mn|mio|mln))|((?:b|bn|mrd|mlrd))|(\u0001))(?!\w)' END, 'gi') AS f (found)
WHERE plain ~ '\d'
UNION ALL
SELECT trim_scale(coalesce(p.found[1], p.found[2])::numeric)::text || '%'
FROM regexp_matches(
    plain,
    '\m(\d{1,15}(?:\.\d{1,6})?)[\s-]?(?:%|percent|per cent|pct|prozent|por ciento|pour cent|por cento|per cento|procent|procente|faiz\w*|процент\w*|відсот\w*|بالمئة|بالمائة|في المئة|في المائة|տոկոս\w*)(?!\w)|(?:%|yüzde)\s?(\d{1,15}(?:\.\d{1,6})?)\M',
    'gi'
) AS p (found)
WHERE plain ~ '\d'
$$;
