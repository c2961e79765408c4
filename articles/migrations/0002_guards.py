"""What the database itself promises: history by trigger, append-only tables, versions that only count up, a life
cycle that only takes steps of the table, and a readers' role that can see the published tables alone.

The allowed steps are frozen here; ``tests/articles/test_database_guards.py`` compares them with ``workflow.py``.
"""

from django.db import migrations

READERS_ROLE = """
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
    -- Lets the desk's own login run its readers' plane as this role, where no separate login is configured.
    GRANT factcheck_readers TO CURRENT_USER;
EXCEPTION
    WHEN insufficient_privilege THEN
        NULL; -- then READERS_DATABASE_URL names a login of its own
END
$$;
GRANT USAGE ON SCHEMA public TO factcheck_readers;
GRANT SELECT ON
    articles_record, articles_head, articles_publishedclaim, articles_publishedpassage, articles_publishedarticle,
    articles_publishedclaimant, articles_publishedsource, articles_rating
TO factcheck_readers;
"""

HISTORY = """
CREATE FUNCTION factcheck_setting(name text) RETURNS text LANGUAGE sql STABLE AS
$$ SELECT nullif(current_setting('factcheck.' || name, true), '') $$;

CREATE FUNCTION factcheck_differs(old jsonb, new jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS
$$ SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(old) e WHERE e.value IS DISTINCT FROM new -> e.key $$;

CREATE FUNCTION factcheck_write_change(kind text, tbl text, old jsonb, new jsonb) RETURNS void LANGUAGE sql AS
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

CREATE FUNCTION factcheck_keep_history() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
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
"""

TRACKED = (
    "article", "articleversion", "claimant", "source", "capture", "claim", "appearance", "evidence", "rating",
    "verdict", "rightofreply", "relation",
)  # fmt: skip
TRACK = "".join(
    f"""
CREATE TRIGGER keep_history_of_inserts AFTER INSERT ON articles_{table} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER keep_history_of_updates AFTER UPDATE ON articles_{table}
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
CREATE TRIGGER keep_history_of_deletes AFTER DELETE ON articles_{table} REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_keep_history();
"""
    for table in TRACKED
)

APPEND_ONLY_TABLES = ("record", "change", "articleversion", "capture")
APPEND_ONLY = """
CREATE FUNCTION factcheck_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '% keeps every row as it was written: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END
$$;
""" + "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON articles_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""
    for table in APPEND_ONLY_TABLES
)
NO_TRUNCATE = "".join(
    f"""
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON articles_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION factcheck_refuse();
"""
    for table in TRACKED
    if table not in APPEND_ONLY_TABLES
)

VERSIONS = """
CREATE FUNCTION factcheck_count_up() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF NEW.version IS DISTINCT FROM OLD.version + 1 THEN
        RAISE EXCEPTION 'A stale % was about to be saved: version % is there, % was to follow',
            TG_TABLE_NAME, OLD.version, NEW.version USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END
$$;
""" + "".join(
    f"""
CREATE TRIGGER version_counts_up BEFORE UPDATE ON articles_{table}
    FOR EACH ROW EXECUTE FUNCTION factcheck_count_up();
"""
    for table in ("article", "claimant", "source", "claim")
)

STEPS = (
    "draft>checking", "checking>review", "review>checking", "approved>checking", "review>approved",
    "approved>published", "published>checking", "retracted>checking", "published>retracted", "checking>retracted",
    "review>retracted", "approved>retracted", "draft>dropped", "checking>dropped", "dropped>draft",
)  # fmt: skip
LIFE_CYCLE = f"""
CREATE FUNCTION factcheck_allow_step() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.stage <> 'draft' THEN
            RAISE EXCEPTION 'A claim begins as a draft, not as %', NEW.stage USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.stage || '>' || NEW.stage <> ALL (ARRAY[{", ".join(f"'{step}'" for step in STEPS)}]) THEN
        RAISE EXCEPTION 'No step leads from % to %', OLD.stage, NEW.stage USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER life_begins_as_a_draft BEFORE INSERT ON articles_claim
    FOR EACH ROW EXECUTE FUNCTION factcheck_allow_step();
CREATE TRIGGER life_takes_known_steps BEFORE UPDATE ON articles_claim
    FOR EACH ROW WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION factcheck_allow_step();
"""

RATING_EDITIONS = """
CREATE FUNCTION factcheck_only_retire() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF to_jsonb(NEW) - 'retired_on' - 'position' IS DISTINCT FROM to_jsonb(OLD) - 'retired_on' - 'position' THEN
        RAISE EXCEPTION 'An edition of a rating never changes: retire it and add the next one'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER edition_never_changes BEFORE UPDATE ON articles_rating
    FOR EACH ROW EXECUTE FUNCTION factcheck_only_retire();
"""

HEAD = """
INSERT INTO articles_head (id, epoch, seq, frontier, root)
VALUES (1, gen_random_uuid(), 0, '{}', sha256(''));
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in (
            READERS_ROLE,
            HISTORY,
            TRACK,
            APPEND_ONLY,
            NO_TRUNCATE,
            VERSIONS,
            LIFE_CYCLE,
            RATING_EDITIONS,
            HEAD,
        )
    ]
