-- Tables that only grow: the log of publications, the history, texts, captures and files as they were kept.

CREATE OR REPLACE FUNCTION factcheck_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '% keeps every row as it was written: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;

-- No row of these tables is changed or deleted.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'articles_attachment', 'articles_change', 'articles_mapoutline',
        'articles_pagerevision', 'articles_picture', 'articles_record', 'articles_subtree'
    ] LOOP
        CONTINUE WHEN to_regclass(name) IS NULL; -- an older migration runs this file before the table is there
        CONTINUE WHEN EXISTS ( -- to make it again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'append_only');
        EXECUTE format($t$
            CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
        $t$, name);
    END LOOP;
END
$$;

-- A text or a capture is neither deleted nor emptied; columns.sql says what of it may change.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['articles_articleversion', 'articles_capture'] LOOP
        CONTINUE WHEN EXISTS ( -- to make it again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'append_only');
        EXECUTE format($t$
            CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON %I
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
        $t$, name);
    END LOOP;
END
$$;

-- These are changed row by row, so that the history sees it; to empty one at a stroke would go around the history.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'articles_address', 'articles_anchorcheck', 'articles_appearance', 'articles_archivebatch',
        'articles_archiverow', 'articles_article', 'articles_claim',
        'articles_claimant', 'articles_claimtemplate', 'articles_comment', 'articles_commentpassage',
        'articles_dismissal', 'articles_evidence',
        'articles_expertlink', 'articles_expertnote', 'articles_frontpin', 'articles_leadpicture', 'articles_page',
        'articles_rating', 'articles_ratingtranslation',
        'articles_relation', 'articles_report', 'articles_rightofreply', 'articles_schedule', 'articles_secondverdict',
        'articles_source', 'articles_submission', 'articles_tick', 'articles_topic', 'articles_verdict', 'articles_wait'
    ] LOOP
        CONTINUE WHEN to_regclass(name) IS NULL; -- an older migration runs this file before the table is there
        CONTINUE WHEN EXISTS ( -- to make it again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'no_truncate');
        EXECUTE format($t$
            CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %I
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
        $t$, name);
    END LOOP;
END
$$;
