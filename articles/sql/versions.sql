-- Versions count up by one at every save, so that two people cannot overwrite each other's changes.

CREATE OR REPLACE FUNCTION factcheck_count_up() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN
        RAISE EXCEPTION 'A stale % was about to be saved: version % is there, % was to follow',
            TG_TABLE_NAME, OLD.version, NEW.version USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'articles_article', 'articles_claim', 'articles_claimant', 'articles_claimtemplate', 'articles_page', 'articles_source',
        'articles_topic'
    ] LOOP
        CONTINUE WHEN to_regclass(name) IS NULL; -- an older migration runs this file before the table is there
        CONTINUE WHEN EXISTS ( -- to make it again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'version_counts_up');
        EXECUTE format($t$
            CREATE TRIGGER version_counts_up BEFORE UPDATE ON %I
                FOR EACH ROW EXECUTE FUNCTION factcheck_count_up();
        $t$, name);
    END LOOP;
END
$$;
