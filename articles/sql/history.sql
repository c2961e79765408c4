-- The history of the desk's tables: every insert, update and delete becomes a row of articles_change.
-- This is the one place for it now. Migrations 0002, 0005, 0007 and 0009 to 0013 made these triggers table by table.

-- What the running request said about itself: 'actor', 'surface', 'reason', 'act'. NULL where it said nothing.
CREATE OR REPLACE FUNCTION factcheck_setting(name text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('factcheck.' || name, true), '') $$;

-- The keys of old whose values differ in new.
CREATE OR REPLACE FUNCTION factcheck_differs(old jsonb, new jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
$$ SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(old) e WHERE e.value IS DISTINCT FROM new -> e.key $$;

CREATE OR REPLACE FUNCTION factcheck_write_change(kind text, tbl text, old jsonb, new jsonb) RETURNS void
LANGUAGE sql AS
$$
INSERT INTO articles_change
    (at, act, table_name, row_id, claim_id, kind, actor_id, surface, reason, database_role, before, after)
SELECT
    clock_timestamp(), coalesce(factcheck_setting('act')::bigint, txid_current()::text::bigint), tbl,
    coalesce(new, old) ->> 'id',
    CASE WHEN tbl = 'articles_claim' THEN coalesce(new, old) ->> 'id' ELSE coalesce(new, old) ->> 'claim_id' END::uuid,
    kind, factcheck_setting('actor')::bigint, coalesce(factcheck_setting('surface'), 'sql'),
    coalesce(factcheck_setting('reason'), ''), session_user,
    CASE WHEN kind = 'update' THEN factcheck_differs(old, new) ELSE old END,
    CASE WHEN kind = 'update' THEN factcheck_differs(new, old) ELSE new END
$$;

-- Whether this transaction imports rows of an archive: it names a batch that exists and is not finished.
-- In PL/pgSQL, so that a database whose migrations were taken back, without this table, still keeps its history.
CREATE OR REPLACE FUNCTION factcheck_is_importing() RETURNS boolean LANGUAGE plpgsql STABLE AS
$$
BEGIN
    IF factcheck_setting('batch') IS NULL THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        SELECT FROM articles_archivebatch b WHERE b.id = factcheck_setting('batch')::uuid AND b.finished_at IS NULL);
END
$$;

-- New rows of an archive are in the history as their batch, which says who imported it and when; articles_archiverow
-- says which claims came with it. Changed and deleted rows are written as always.
CREATE OR REPLACE FUNCTION factcheck_keep_history() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' AND factcheck_is_importing() AND TG_TABLE_NAME = ANY (ARRAY[
        'articles_archiverow', 'articles_claim', 'articles_claimant', 'articles_evidence', 'articles_source',
        'articles_verdict'
    ]) THEN
        RETURN NULL;
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM factcheck_write_change('insert', TG_TABLE_NAME, NULL, to_jsonb(n)) FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM factcheck_write_change('delete', TG_TABLE_NAME, to_jsonb(o), NULL) FROM old_rows o;
    ELSE
        PERFORM factcheck_write_change(
            CASE WHEN o.id IS NULL THEN 'insert' WHEN n.id IS NULL THEN 'delete' ELSE 'update' END,
            TG_TABLE_NAME,
            CASE WHEN o.id IS NULL THEN NULL ELSE to_jsonb(o) END,
            CASE WHEN n.id IS NULL THEN NULL ELSE to_jsonb(n) END)
        FROM old_rows o FULL JOIN new_rows n ON n.id = o.id
        WHERE to_jsonb(o) IS DISTINCT FROM to_jsonb(n);
    END IF;
    RETURN NULL;
END
$$;

-- The tables whose rows go into the history unchanged.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'articles_address', 'articles_anchorcheck', 'articles_appearance', 'articles_archivebatch',
        'articles_archiverow', 'articles_article', 'articles_articleversion', 'articles_capture', 'articles_claim',
        'articles_claimant', 'articles_claimtemplate', 'articles_comment', 'articles_commentpassage',
        'articles_dismissal', 'articles_evidence',
        'articles_expertlink', 'articles_expertnote', 'articles_frontpin', 'articles_leadpicture', 'articles_page',
        'articles_rating', 'articles_ratingtranslation',
        'articles_relation', 'articles_rightofreply', 'articles_schedule', 'articles_secondverdict', 'articles_source',
        'articles_submission', 'articles_tick', 'articles_topic', 'articles_verdict', 'articles_wait'
    ] LOOP
        CONTINUE WHEN to_regclass(name) IS NULL; -- an older migration runs this file before the table is there
        CONTINUE WHEN EXISTS ( -- to make them again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'keep_history_of_inserts');
        EXECUTE format($t$
            CREATE TRIGGER keep_history_of_inserts AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
        $t$, name);
        EXECUTE format($t$
            CREATE TRIGGER keep_history_of_updates AFTER UPDATE ON %I
                REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
        $t$, name);
        EXECUTE format($t$
            CREATE TRIGGER keep_history_of_deletes AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
        $t$, name);
    END LOOP;
END
$$;

-- A reader's text is not written to the history, which is append-only, so that it can be erased.
CREATE OR REPLACE FUNCTION factcheck_keep_history_of_report() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    words CONSTANT text[] := ARRAY['what', 'how_known', 'link', 'email', 'form', 'reference'];
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM factcheck_write_change('insert', TG_TABLE_NAME, NULL, to_jsonb(n) - words) FROM new_rows n;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM factcheck_write_change('delete', TG_TABLE_NAME, to_jsonb(o) - words, NULL) FROM old_rows o;
    ELSE
        PERFORM factcheck_write_change('update', TG_TABLE_NAME, to_jsonb(o) - words, to_jsonb(n) - words)
        FROM old_rows o JOIN new_rows n ON n.id = o.id
        WHERE to_jsonb(o) - words IS DISTINCT FROM to_jsonb(n) - words;
    END IF;
    RETURN NULL;
END
$$;

-- The history says that a file came in, but does not hold its bytes a second time.
CREATE OR REPLACE FUNCTION factcheck_keep_history_of_files() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM factcheck_write_change('delete', TG_TABLE_NAME, jsonb_build_object(
            'id', o.id, 'sha256', o.sha256, 'media_type', o.media_type, 'size', o.size, 'kept_at', o.kept_at), NULL)
        FROM old_rows o;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM factcheck_write_change('insert', TG_TABLE_NAME, NULL, jsonb_build_object(
            'id', n.id, 'sha256', n.sha256, 'media_type', n.media_type, 'size', n.size, 'kept_at', n.kept_at))
        FROM new_rows n;
    END IF;
    RETURN NULL;
END
$$;

-- The same for pictures and outlines of maps. Their variants follow from them and have no history.
CREATE OR REPLACE FUNCTION factcheck_keep_history_of_pictures() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM factcheck_write_change('delete', TG_TABLE_NAME, to_jsonb(o) - 'content', NULL) FROM old_rows o;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM factcheck_write_change('insert', TG_TABLE_NAME, NULL, to_jsonb(n) - 'content') FROM new_rows n;
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
    keeper text;
BEGIN
    FOR name, keeper IN VALUES
        ('articles_report', 'factcheck_keep_history_of_report'),
        ('articles_attachment', 'factcheck_keep_history_of_files'),
        ('articles_picture', 'factcheck_keep_history_of_pictures'),
        ('articles_mapoutline', 'factcheck_keep_history_of_pictures')
    LOOP
        CONTINUE WHEN to_regclass(name) IS NULL; -- an older migration runs this file before the table is there
        CONTINUE WHEN EXISTS ( -- to make them again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'keep_history_of_inserts');
        EXECUTE format($t$
            CREATE TRIGGER keep_history_of_inserts AFTER INSERT ON %1$I REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION %2$I();
            CREATE TRIGGER keep_history_of_updates AFTER UPDATE ON %1$I
                REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION %2$I();
            CREATE TRIGGER keep_history_of_deletes AFTER DELETE ON %1$I REFERENCING OLD TABLE AS old_rows
                FOR EACH STATEMENT EXECUTE FUNCTION %2$I();
        $t$, name, keeper);
    END LOOP;
END
$$;
