-- The words of claims, by which similar claims are found. Every statement that writes a claim,
-- writes its words with it. Counts are additions, so that two people who enter claims with a word in common never wait
-- for each other; who adds the 33rd addition of a word puts together those that nobody else is putting together.

-- The text search configuration of a language tag. text.SEARCH_CONFIGS in articles/text.py is the same list.
CREATE OR REPLACE FUNCTION factcheck_search_config(language text) RETURNS regconfig
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT CASE split_part(language, '-', 1)
    WHEN 'ar' THEN 'pg_catalog.arabic'::regconfig
    WHEN 'ca' THEN 'pg_catalog.catalan'::regconfig
    WHEN 'da' THEN 'pg_catalog.danish'::regconfig
    WHEN 'de' THEN 'pg_catalog.german'::regconfig
    WHEN 'el' THEN 'pg_catalog.greek'::regconfig
    WHEN 'en' THEN 'pg_catalog.english'::regconfig
    WHEN 'es' THEN 'pg_catalog.spanish'::regconfig
    WHEN 'eu' THEN 'pg_catalog.basque'::regconfig
    WHEN 'fi' THEN 'pg_catalog.finnish'::regconfig
    WHEN 'fr' THEN 'pg_catalog.french'::regconfig
    WHEN 'ga' THEN 'pg_catalog.irish'::regconfig
    WHEN 'hi' THEN 'pg_catalog.hindi'::regconfig
    WHEN 'hu' THEN 'pg_catalog.hungarian'::regconfig
    WHEN 'hy' THEN 'pg_catalog.armenian'::regconfig
    WHEN 'id' THEN 'pg_catalog.indonesian'::regconfig
    WHEN 'it' THEN 'pg_catalog.italian'::regconfig
    WHEN 'lt' THEN 'pg_catalog.lithuanian'::regconfig
    WHEN 'ne' THEN 'pg_catalog.nepali'::regconfig
    WHEN 'nl' THEN 'pg_catalog.dutch'::regconfig
    WHEN 'no' THEN 'pg_catalog.norwegian'::regconfig
    WHEN 'pt' THEN 'pg_catalog.portuguese'::regconfig
    WHEN 'ro' THEN 'pg_catalog.romanian'::regconfig
    WHEN 'ru' THEN 'pg_catalog.russian'::regconfig
    WHEN 'sr' THEN 'pg_catalog.serbian'::regconfig
    WHEN 'sv' THEN 'pg_catalog.swedish'::regconfig
    WHEN 'ta' THEN 'pg_catalog.tamil'::regconfig
    WHEN 'tr' THEN 'pg_catalog.turkish'::regconfig
    WHEN 'yi' THEN 'pg_catalog.yiddish'::regconfig
    ELSE 'pg_catalog.simple'::regconfig END
$$;

-- The words of a text and how often each is in it, for what is stored and for what is asked: folded after stemming, with
-- its figures (folding.sql). A text with accents is also read as it is typed without them, because stems differ then.
-- Where no stemmer is at hand, a word is known by its first six letters.
CREATE OR REPLACE FUNCTION factcheck_lexemes(language text, words text) RETURNS TABLE (lexeme text, tf integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
WITH plain AS MATERIALIZED (
    SELECT factcheck_search_config(language) AS config, factcheck_plain(language, words) AS words
), word AS (
    SELECT
        CASE WHEN config = 'pg_catalog.simple'::regconfig AND word.lexeme !~ '^\d'
            THEN left(factcheck_fold(word.lexeme), 6) ELSE factcheck_fold(word.lexeme) END AS lexeme,
        cardinality(word.positions) AS tf, 1 AS reading
    FROM plain, unnest(to_tsvector(config, plain.words)) AS word
    UNION ALL
    SELECT factcheck_fold(word.lexeme), cardinality(word.positions), 2
    FROM plain, unnest(to_tsvector(config, factcheck_fold(lower(plain.words)))) AS word
    WHERE plain.words ~ '[\u00c0-\u024f]' AND config <> 'pg_catalog.simple'::regconfig
    UNION ALL
    SELECT figure, 1, 3 FROM plain, factcheck_figures(language, plain.words) AS figure
)
SELECT r.lexeme, max(r.tf)::integer FROM (
    SELECT word.lexeme, sum(word.tf) AS tf FROM word WHERE word.lexeme <> '' GROUP BY word.lexeme, word.reading
) r GROUP BY 1
$$;

-- The words by which a claim is found: those of its text count 4, those of the texts beside it 2.
CREATE OR REPLACE FUNCTION factcheck_weighted_lexemes(language text, claim text, beside text)
RETURNS TABLE (lexeme text, tf integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$
SELECT w.lexeme, least(sum(w.tf), 1000)::integer FROM (
    SELECT l.lexeme, 4 * l.tf AS tf FROM factcheck_lexemes(language, claim) l
    UNION ALL
    SELECT l.lexeme, 2 * l.tf FROM factcheck_lexemes(language, left(beside, 5000)) l WHERE beside <> ''
) w GROUP BY 1
$$;

-- What the desk has beside an open claim's text: the newest verdict's summary, and the first quoted passages.
CREATE OR REPLACE FUNCTION factcheck_words_beside(claim uuid) RETURNS text
LANGUAGE sql STABLE AS
$$
SELECT concat_ws(' ',
    (SELECT v.summary FROM articles_verdict v WHERE v.claim_id = claim ORDER BY v.id DESC LIMIT 1),
    (SELECT string_agg(a.exact, ' ' ORDER BY a.id) FROM (
        SELECT q.exact, q.id FROM articles_appearance q WHERE q.claim_id = claim ORDER BY q.id LIMIT 20
    ) a)
)
$$;

-- 1. The open claims of the desk.

-- Takes the words of these claims out and puts in those they have now.
CREATE OR REPLACE FUNCTION factcheck_post_open(ids uuid[]) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    WITH gone AS (
        DELETE FROM articles_posting WHERE claim_id = ANY (ids) RETURNING language, lexeme, claim_id, tf
    )
    INSERT INTO articles_lexeme (language, lexeme, ndoc, words)
    SELECT g.language, g.lexeme, -count(*), -sum(g.tf) FROM gone g GROUP BY 1, 2
    UNION ALL
    SELECT g.language, '', -count(DISTINCT g.claim_id), -sum(g.tf) FROM gone g GROUP BY 1;

    WITH came AS (
        INSERT INTO articles_posting (language, lexeme, claim_id, tf, len)
        SELECT split_part(c.language, '-', 1), w.lexeme, c.id, w.tf,
            least(sum(w.tf) OVER (PARTITION BY c.id), 32000)
        FROM articles_claim c,
            factcheck_weighted_lexemes(c.language, c.text, factcheck_words_beside(c.id)) w
        WHERE c.id = ANY (ids) AND (c.stage IN ('draft', 'checking', 'review', 'approved'))
        RETURNING language, lexeme, claim_id, tf
    )
    INSERT INTO articles_lexeme (language, lexeme, ndoc, words)
    SELECT c.language, c.lexeme, count(*), sum(c.tf) FROM came c GROUP BY 1, 2
    UNION ALL
    SELECT c.language, '', count(DISTINCT c.claim_id), sum(c.tf) FROM came c GROUP BY 1;

    WITH crowded AS (
        SELECT w.language, w.lexeme
        FROM (
            SELECT p.language, p.lexeme FROM articles_posting p WHERE p.claim_id = ANY (ids)
            UNION SELECT p.language, '' FROM articles_posting p WHERE p.claim_id = ANY (ids)
        ) w
        WHERE (SELECT count(*) FROM articles_lexeme l WHERE l.language = w.language
            AND l.lexeme = w.lexeme) > 32
    ), mine AS MATERIALIZED (
        SELECT l.id FROM articles_lexeme l JOIN crowded USING (language, lexeme) FOR UPDATE OF l SKIP LOCKED
    ), taken AS (
        DELETE FROM articles_lexeme l USING mine WHERE l.id = mine.id
        RETURNING l.language, l.lexeme, l.ndoc, l.words
    )
    INSERT INTO articles_lexeme (language, lexeme, ndoc, words)
    SELECT t.language, t.lexeme, sum(t.ndoc), sum(t.words) FROM taken t GROUP BY 1, 2;
END
$$;

CREATE OR REPLACE FUNCTION factcheck_keep_words_of_open() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    ids uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        ids := ARRAY (SELECT c.id FROM new_rows c WHERE (c.stage IN ('draft', 'checking', 'review', 'approved')));
    ELSIF TG_OP = 'DELETE' THEN
        ids := ARRAY (SELECT c.id FROM old_rows c);
    ELSE
        ids := ARRAY (
            SELECT coalesce(o.id, n.id)
            FROM (
                SELECT c.id, c.text, c.language, '' AS beside, (c.stage IN ('draft', 'checking', 'review', 'approved')) AS belongs
                FROM old_rows c) o
            FULL JOIN (
                SELECT c.id, c.text, c.language, '' AS beside, (c.stage IN ('draft', 'checking', 'review', 'approved')) AS belongs
                FROM new_rows c) n ON n.id = o.id
            WHERE (o.text, o.language, o.beside, o.belongs)
                IS DISTINCT FROM (n.text, n.language, n.beside, n.belongs)
        );
    END IF;
    IF cardinality(ids) > 0 THEN
        PERFORM factcheck_post_open(ids);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER keep_words_of_inserts AFTER INSERT ON articles_claim REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_open();
CREATE OR REPLACE TRIGGER keep_words_of_updates AFTER UPDATE ON articles_claim
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_open();
CREATE OR REPLACE TRIGGER keep_words_of_deletes AFTER DELETE ON articles_claim REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_open();

-- Verdicts and passages of open claims. The claim's row is locked, so that two writers do not index it at once.
CREATE OR REPLACE FUNCTION factcheck_keep_words_beside() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    ids uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        ids := ARRAY (SELECT DISTINCT n.claim_id FROM new_rows n);
    ELSIF TG_OP = 'DELETE' THEN
        ids := ARRAY (SELECT DISTINCT o.claim_id FROM old_rows o);
    ELSE
        ids := ARRAY (SELECT o.claim_id FROM old_rows o UNION SELECT n.claim_id FROM new_rows n);
    END IF;
    ids := ARRAY (
        SELECT c.id FROM articles_claim c
        WHERE c.id = ANY (ids) AND (c.stage IN ('draft', 'checking', 'review', 'approved'))
        ORDER BY c.id FOR NO KEY UPDATE
    );
    IF cardinality(ids) > 0 THEN
        PERFORM factcheck_post_open(ids);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER keep_words_of_inserts AFTER INSERT ON articles_verdict REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_beside();
CREATE OR REPLACE TRIGGER keep_words_of_updates AFTER UPDATE ON articles_verdict
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_beside();
CREATE OR REPLACE TRIGGER keep_words_of_deletes AFTER DELETE ON articles_verdict REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_beside();
CREATE OR REPLACE TRIGGER keep_words_of_inserts AFTER INSERT ON articles_appearance REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_beside();
CREATE OR REPLACE TRIGGER keep_words_of_updates AFTER UPDATE ON articles_appearance
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_beside();
CREATE OR REPLACE TRIGGER keep_words_of_deletes AFTER DELETE ON articles_appearance REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_beside();

-- 2. The published claims, which are all that readers may SELECT. The same statements, with other names.

-- Takes the words of these claims out and puts in those they have now.
CREATE OR REPLACE FUNCTION factcheck_post_published(ids uuid[]) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    WITH gone AS (
        DELETE FROM articles_publishedposting WHERE claim_id = ANY (ids) RETURNING language, lexeme, claim_id, tf
    )
    INSERT INTO articles_publishedlexeme (language, lexeme, ndoc, words)
    SELECT g.language, g.lexeme, -count(*), -sum(g.tf) FROM gone g GROUP BY 1, 2
    UNION ALL
    SELECT g.language, '', -count(DISTINCT g.claim_id), -sum(g.tf) FROM gone g GROUP BY 1;

    WITH came AS (
        INSERT INTO articles_publishedposting (language, lexeme, claim_id, tf, len)
        SELECT split_part(c.language, '-', 1), w.lexeme, c.claim_id, w.tf,
            least(sum(w.tf) OVER (PARTITION BY c.claim_id), 32000)
        FROM articles_publishedclaim c,
            factcheck_weighted_lexemes(c.language, c.text, concat_ws(' ', c.summary, c.quotes)) w
        WHERE c.claim_id = ANY (ids) AND true
        RETURNING language, lexeme, claim_id, tf
    )
    INSERT INTO articles_publishedlexeme (language, lexeme, ndoc, words)
    SELECT c.language, c.lexeme, count(*), sum(c.tf) FROM came c GROUP BY 1, 2
    UNION ALL
    SELECT c.language, '', count(DISTINCT c.claim_id), sum(c.tf) FROM came c GROUP BY 1;

    WITH crowded AS (
        SELECT w.language, w.lexeme
        FROM (
            SELECT p.language, p.lexeme FROM articles_publishedposting p WHERE p.claim_id = ANY (ids)
            UNION SELECT p.language, '' FROM articles_publishedposting p WHERE p.claim_id = ANY (ids)
        ) w
        WHERE (SELECT count(*) FROM articles_publishedlexeme l WHERE l.language = w.language
            AND l.lexeme = w.lexeme) > 32
    ), mine AS MATERIALIZED (
        SELECT l.id FROM articles_publishedlexeme l JOIN crowded USING (language, lexeme) FOR UPDATE OF l SKIP LOCKED
    ), taken AS (
        DELETE FROM articles_publishedlexeme l USING mine WHERE l.id = mine.id
        RETURNING l.language, l.lexeme, l.ndoc, l.words
    )
    INSERT INTO articles_publishedlexeme (language, lexeme, ndoc, words)
    SELECT t.language, t.lexeme, sum(t.ndoc), sum(t.words) FROM taken t GROUP BY 1, 2;
END
$$;

CREATE OR REPLACE FUNCTION factcheck_keep_words_of_published() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    ids uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        ids := ARRAY (SELECT c.claim_id FROM new_rows c WHERE true);
    ELSIF TG_OP = 'DELETE' THEN
        ids := ARRAY (SELECT c.claim_id FROM old_rows c);
    ELSE
        ids := ARRAY (
            SELECT coalesce(o.claim_id, n.claim_id)
            FROM (
                SELECT c.claim_id, c.text, c.language, concat_ws(' ', c.summary, c.quotes) AS beside, true AS belongs
                FROM old_rows c) o
            FULL JOIN (
                SELECT c.claim_id, c.text, c.language, concat_ws(' ', c.summary, c.quotes) AS beside, true AS belongs
                FROM new_rows c) n ON n.claim_id = o.claim_id
            WHERE (o.text, o.language, o.beside, o.belongs)
                IS DISTINCT FROM (n.text, n.language, n.beside, n.belongs)
        );
    END IF;
    IF cardinality(ids) > 0 THEN
        PERFORM factcheck_post_published(ids);
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER keep_words_of_inserts AFTER INSERT ON articles_publishedclaim
    REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_published();
CREATE OR REPLACE TRIGGER keep_words_of_updates AFTER UPDATE ON articles_publishedclaim
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_published();
CREATE OR REPLACE TRIGGER keep_words_of_deletes AFTER DELETE ON articles_publishedclaim
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_words_of_published();
