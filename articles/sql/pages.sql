-- Says that readers' pages may have changed, in the transaction that changes what they follow from.
-- Which tables these are is said in articles/selectors/readers/state/published_state.py, too; a test compares them.
CREATE OR REPLACE FUNCTION factcheck_say_pages_changed() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM pg_notify('factcheck_pages', '');
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'articles_frontpin', 'articles_head', 'articles_pagerevision', 'articles_publishedmerge', 'articles_rating',
        'articles_ratingtranslation'
    ] LOOP
        CONTINUE WHEN EXISTS ( -- to make it again would lock the table
            SELECT FROM pg_trigger t WHERE t.tgrelid = to_regclass(name) AND t.tgname = 'say_pages_changed');
        EXECUTE format($t$
            CREATE TRIGGER say_pages_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I
                FOR EACH STATEMENT EXECUTE FUNCTION factcheck_say_pages_changed();
        $t$, name);
    END LOOP;
END
$$;
