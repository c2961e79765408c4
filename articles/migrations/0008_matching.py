"""The words of claims, kept by the database itself: whoever writes a claim, in whatever way, writes its words with it.

Two collections, made by the same statements: the open claims of the desk, and the published claims, which are all that
readers may SELECT. Counts are additions, so that two people who enter claims with a word in common never wait for each
other; whoever adds the 33rd addition of a word puts together those that nobody else is putting together.

Words are normalised in one place, ``factcheck_lexemes``, for what is stored and for what is asked. The languages'
configurations are frozen here; ``tests/articles/matching/test_matches.py`` compares them with ``text.SEARCH_CONFIGS``.
"""

from django.db import migrations, models

CONFIGS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
#: Where no stemmer is at hand, a word is known by its first letters.
PREFIX = 6

# "12,000", "12 000" and "12.000" are one number. In Turkish and Azerbaijani a small I has no dot, a capital one may.
LEXEMES = f"""
CREATE FUNCTION factcheck_search_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE split_part(language, '-', 1)
    {" ".join(f"WHEN '{tag}' THEN 'pg_catalog.{config}'::regconfig" for tag, config in CONFIGS.items())}
    ELSE 'pg_catalog.simple'::regconfig END
$$;

CREATE FUNCTION factcheck_lexemes(language text, words text) RETURNS TABLE (lexeme text, tf integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
WITH plain AS (
    SELECT factcheck_search_config(language) AS config, regexp_replace(
        CASE WHEN split_part(language, '-', 1) IN ('az', 'tr') THEN translate(words, 'İI', 'iı') ELSE words END,
        '(?<=\\m\\d{{1,3}})[,.’\\u0020\\u00a0\\u202f](?=\\d{{3}}\\M)', '', 'g'
    ) AS words
)
SELECT
    CASE WHEN config = 'pg_catalog.simple'::regconfig AND word.lexeme !~ '^\\d' THEN left(word.lexeme, {PREFIX})
         ELSE word.lexeme END,
    sum(cardinality(word.positions))::integer
FROM plain, unnest(to_tsvector(config, plain.words)) AS word
GROUP BY 1
$$;
"""  # noqa: S608 - built of the constants above

COLLECTION = """
ALTER TABLE articles_{posting} DROP CONSTRAINT articles_{posting}_pkey,
    ADD PRIMARY KEY (language, lexeme, claim_id) INCLUDE (tf, len);

-- Takes the words of these claims out and puts in those they have now.
CREATE FUNCTION factcheck_post_{name}(ids uuid[]) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    WITH gone AS (
        DELETE FROM articles_{posting} WHERE claim_id = ANY (ids) RETURNING language, lexeme, claim_id, tf
    )
    INSERT INTO articles_{lexeme} (language, lexeme, ndoc, words)
    SELECT g.language, g.lexeme, -count(*), -sum(g.tf) FROM gone g GROUP BY 1, 2
    UNION ALL
    SELECT g.language, '', -count(DISTINCT g.claim_id), -sum(g.tf) FROM gone g GROUP BY 1;

    WITH came AS (
        INSERT INTO articles_{posting} (language, lexeme, claim_id, tf, len)
        SELECT split_part(c.language, '-', 1), w.lexeme, c.{key}, w.tf, sum(w.tf) OVER (PARTITION BY c.{key})
        FROM articles_{table} c, factcheck_lexemes(c.language, c.text) w
        WHERE c.{key} = ANY (ids) AND {belongs}
        RETURNING language, lexeme, claim_id, tf
    )
    INSERT INTO articles_{lexeme} (language, lexeme, ndoc, words)
    SELECT c.language, c.lexeme, count(*), sum(c.tf) FROM came c GROUP BY 1, 2
    UNION ALL
    SELECT c.language, '', count(DISTINCT c.claim_id), sum(c.tf) FROM came c GROUP BY 1;

    WITH crowded AS (
        SELECT w.language, w.lexeme
        FROM (
            SELECT p.language, p.lexeme FROM articles_{posting} p WHERE p.claim_id = ANY (ids)
            UNION SELECT p.language, '' FROM articles_{posting} p WHERE p.claim_id = ANY (ids)
        ) w
        WHERE (SELECT count(*) FROM articles_{lexeme} l WHERE l.language = w.language AND l.lexeme = w.lexeme) > 32
    ), mine AS MATERIALIZED (
        SELECT l.id FROM articles_{lexeme} l JOIN crowded USING (language, lexeme) FOR UPDATE OF l SKIP LOCKED
    ), taken AS (
        DELETE FROM articles_{lexeme} l USING mine WHERE l.id = mine.id
        RETURNING l.language, l.lexeme, l.ndoc, l.words
    )
    INSERT INTO articles_{lexeme} (language, lexeme, ndoc, words)
    SELECT t.language, t.lexeme, sum(t.ndoc), sum(t.words) FROM taken t GROUP BY 1, 2;
END
$$;

CREATE FUNCTION factcheck_keep_words_of_{name}() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    ids uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        ids := ARRAY (SELECT c.{key} FROM new_rows c WHERE {belongs});
    ELSIF TG_OP = 'DELETE' THEN
        ids := ARRAY (SELECT c.{key} FROM old_rows c);
    ELSE
        ids := ARRAY (
            SELECT coalesce(o.{key}, n.{key})
            FROM (SELECT c.{key}, c.text, c.language, {belongs} AS belongs FROM old_rows c) o
            FULL JOIN (SELECT c.{key}, c.text, c.language, {belongs} AS belongs FROM new_rows c) n ON n.{key} = o.{key}
            WHERE (o.text, o.language, o.belongs) IS DISTINCT FROM (n.text, n.language, n.belongs)
        );
    END IF;
    IF cardinality(ids) > 0 THEN
        PERFORM factcheck_post_{name}(ids);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_words_of_inserts AFTER INSERT ON articles_{table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_{name}();
CREATE TRIGGER keep_words_of_updates AFTER UPDATE ON articles_{table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_{name}();
CREATE TRIGGER keep_words_of_deletes AFTER DELETE ON articles_{table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_{name}();

-- Claims that were there before.
SELECT factcheck_post_{name}(ARRAY (SELECT c.{key} FROM articles_{table} c WHERE {belongs}));
"""
COLLECTIONS = (
    {
        "name": "open",
        "table": "claim",
        "key": "id",
        "posting": "posting",
        "lexeme": "lexeme",
        "belongs": "(c.stage IN ('draft', 'checking', 'review', 'approved'))",
    },
    {
        "name": "published",
        "table": "publishedclaim",
        "key": "claim_id",
        "posting": "publishedposting",
        "lexeme": "publishedlexeme",
        "belongs": "true",
    },
)
READERS = "GRANT SELECT ON articles_publishedlexeme, articles_publishedposting TO factcheck_readers;"


def counts(name, index):
    """A table of additions."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("language", models.TextField()),
            ("lexeme", models.TextField()),
            ("ndoc", models.IntegerField(help_text="How many claims hold it; negative where claims lost it.")),
            ("words", models.IntegerField(help_text="How often it stands in them in all.")),
        ],
        options={
            "indexes": [models.Index(fields=["language", "lexeme"], include=("ndoc", "words"), name=index)],
        },
    )


def postings(name, index):
    """A table of claims by word."""
    key = models.CompositePrimaryKey(
        "language", "lexeme", "claim_id", blank=True, editable=False, primary_key=True, serialize=False
    )
    return migrations.CreateModel(
        name=name,
        fields=[
            ("pk", key),
            ("language", models.TextField()),
            ("lexeme", models.TextField()),
            ("claim_id", models.UUIDField()),
            ("tf", models.SmallIntegerField()),
            ("len", models.SmallIntegerField()),
        ],
        options={"indexes": [models.Index(fields=["claim_id"], name=index)]},
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_intake")]

    operations = [
        counts("Lexeme", "lexeme_counted"),
        postings("Posting", "posting_by_claim"),
        counts("PublishedLexeme", "published_lexeme_counted"),
        postings("PublishedPosting", "published_posting_by_claim"),
        *(
            migrations.RunSQL(statement, migrations.RunSQL.noop)
            for statement in (LEXEMES, *(COLLECTION.format(**names) for names in COLLECTIONS), READERS)
        ),
    ]
