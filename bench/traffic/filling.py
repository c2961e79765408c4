"""A database with so many published claims, in a process of its own.

``python -m bench.traffic.filling CLAIMS PUBLICATIONS``

Each copy of a claim of the demo has topics and words of its own, and one of the site's languages. Prints what
the day asks for as JSON.
"""

import json
import os
import sys
from typing import Any

#: Parts of the newsroom's claims in its own language, and in each other one.
LANGUAGES = {"en": 50, "az": 14, "ru": 12, "tr": 10, "hy": 8, "ar": 6}
TOPICS = 2000

_SPREAD = """
UPDATE articles_publishedclaim c SET language = {language},
    topics = ARRAY['Subject ' || floor(exp(random() * ln({topics})))::int, 'Subject ' || 1 + c.record_id %% {topics}]
WHERE c.record_id > %s
"""

_CLAIMS = """
SELECT c.slug, c.language, convert_from(r.body, 'UTF8')::jsonb -> 'lead_image'
FROM articles_publishedclaim c JOIN articles_record r ON r.seq = c.record_id
WHERE NOT c.is_retracted ORDER BY md5(c.slug)
"""

_TOPICS = """
SELECT topic FROM articles_publishedclaim, unnest(topics) AS topic
WHERE topic LIKE 'Subject %' AND NOT is_retracted GROUP BY topic ORDER BY count(*) DESC, topic
"""


def fill(claims: int, publications: int) -> dict[str, Any]:
    """What there is to ask for, the most read first."""
    import django

    django.setup()
    from django.db import connection

    from bench import filling
    from bench.faults import filling as approved
    from bench.site import spread_words

    filling.published(claims)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0)")  # the same topics in each run
        cursor.execute("SELECT seq FROM articles_head")
        (size,) = cursor.fetchone()
        before = size - claims
        # Copies have no place in the tree: what it has instead lets the next record be appended.
        cursor.execute("UPDATE articles_head SET frontier = array_fill(root, ARRAY[%s])", [size.bit_count()])
        with filling.without_indexes(cursor, "articles_publishedclaim"):
            cursor.execute(_SPREAD.format(language=_language(), topics=TOPICS), [before])
        # Each record was noted when it was appended: what comes next is no change of everything.
        cursor.execute("UPDATE articles_publishedchange SET seq = %s WHERE key = 'feeds'", [size])
    spread_words()
    waiting = approved.fill(publications)["claims"]
    with connection.cursor() as cursor:
        cursor.execute(_CLAIMS)
        rows = [[slug, language, _picture(image)] for slug, language, image in cursor.fetchall()]
        cursor.execute("SELECT slug FROM articles_publishedclaimant ORDER BY slug")
        claimants = [slug for (slug,) in cursor.fetchall()]
        cursor.execute(_TOPICS)
        topics = [topic for (topic,) in cursor.fetchall()]
        cursor.execute("VACUUM ANALYZE articles_record")
    return {"claims": rows, "claimants": claimants, "topics": topics, "approved": waiting}


def _language() -> str:
    below, cases = 0, []
    for code, share in LANGUAGES.items():
        below += share
        cases.append(f"WHEN c.record_id %% 100 < {below} THEN '{code}'")
    return f"CASE {' '.join(cases)} END"


def _picture(image: Any) -> str:
    """The address of a picture in a size that a phone takes; empty where a claim has none."""
    from lib.pictures import file_name, largest, widths

    image = json.loads(image) if isinstance(image, str) else image
    if not image:
        return ""
    sizes = widths(largest(image["width"], image["height"])[0])
    return "/pictures/" + file_name(image["sha256"], sizes[len(sizes) // 2], "webp")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    json.dump(fill(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
