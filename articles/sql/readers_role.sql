-- The role that readers' pages and the read API use. It reads the published tables and nothing else.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'factcheck_readers') THEN
        CREATE ROLE factcheck_readers NOLOGIN;
    END IF;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'The role factcheck_readers is missing and this login may not create it.'
            USING HINT = 'As an administrator: CREATE ROLE factcheck_readers NOLOGIN; then migrate again.';
    WHEN duplicate_object THEN
        NULL; -- another database of this server was being migrated at the same moment
END
$$;
DO $$
BEGIN
    -- Lets the desk's own login run its readers' connection as this role, where no separate login is configured.
    GRANT factcheck_readers TO CURRENT_USER;
EXCEPTION
    WHEN insufficient_privilege THEN
        NULL; -- then READERS_DATABASE_URL names a login of its own
END
$$;

GRANT USAGE ON SCHEMA public TO factcheck_readers;
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY[
        'articles_cosignature', 'articles_frontpin', 'articles_head', 'articles_pagerevision', 'articles_publishedarticle', 'articles_publishedchange', 'articles_publishedclaim',
        'articles_publishedclaimant', 'articles_publishedfix', 'articles_publishedlexeme',
        'articles_publishedmeasure', 'articles_publishedmerge', 'articles_publishedpassage',
        'articles_publishedpicture', 'articles_publishedposting', 'articles_publishedsource', 'articles_publishedvector', 'articles_publishedword',
        'articles_rating', 'articles_ratingtranslation', 'articles_record', 'articles_redirect', 'articles_subtree',
        'articles_topicreading'
    ] LOOP
        CONTINUE WHEN to_regclass(name) IS NULL; -- an older migration runs this file before the table is there
        EXECUTE format('GRANT SELECT ON %I TO factcheck_readers', name);
    END LOOP;
END
$$;
