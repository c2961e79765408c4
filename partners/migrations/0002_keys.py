"""Keys with rates of their own, the history of partners, and the buckets of the limits."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import partners.rates

# Not logged: a request that is counted must not wait for the disk. Half-full pages keep updates in place.
BUCKETS = """
CREATE UNLOGGED TABLE partners_bucket (
    key text PRIMARY KEY,
    tokens double precision NOT NULL,
    at timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE FUNCTION partners_take(keys text[], caps double precision[], rates double precision[])
RETURNS TABLE (bucket text, left_over double precision, was_taken boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    enough boolean;
BEGIN
    -- Fill up and lock every bucket, always in the same order; a new one is full. The clock is read under the lock.
    WITH filled AS (
        INSERT INTO partners_bucket AS b (key, tokens, at)
        SELECT w.key, w.cap, clock_timestamp() FROM unnest(keys, caps) AS w (key, cap) ORDER BY w.key
        ON CONFLICT (key) DO UPDATE SET
            tokens = least(excluded.tokens, b.tokens + rates[array_position(keys, b.key)]
                * greatest(0, extract(epoch FROM clock_timestamp() - b.at)::double precision)),
            at = clock_timestamp()
        RETURNING tokens
    )
    SELECT min(tokens) >= 1 INTO enough FROM filled;
    IF enough THEN
        RETURN QUERY UPDATE partners_bucket SET tokens = tokens - 1 WHERE key = ANY (keys) RETURNING key, tokens, true;
    ELSE
        RETURN QUERY SELECT key, tokens, false FROM partners_bucket WHERE key = ANY (keys);
    END IF;
END $$;
"""

EVENTS = """
CREATE FUNCTION partners_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps every row as it was written: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER change_is_final BEFORE UPDATE OR DELETE OR TRUNCATE ON partners_partnerchange
    FOR EACH STATEMENT EXECUTE FUNCTION partners_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Bucket",
                    fields=[
                        ("key", models.TextField(primary_key=True, serialize=False)),
                        ("tokens", models.FloatField()),
                        ("at", models.DateTimeField()),
                    ],
                ),
            ],
            database_operations=[
                migrations.RunSQL(
                    BUCKETS,
                    "DROP FUNCTION partners_take(text[], double precision[], double precision[]);"
                    "DROP TABLE partners_bucket;",
                ),
            ],
        ),
        migrations.AddField(
            model_name="key",
            name="rate",
            field=models.CharField(
                blank=True,
                help_text="Its own limit, such as 6000/min; empty for the usual one.",
                max_length=20,
                validators=[partners.rates.validate],
            ),
        ),
        migrations.CreateModel(
            name="PartnerChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("added", "Added"),
                            ("changed", "Changed"),
                            ("issued", "Issued"),
                            ("rotated", "Rotated"),
                            ("revoked", "Revoked"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Nobody: somebody at the command line.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "key",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="partners.key",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="partners.partner"
                    ),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.RunSQL(
            EVENTS, "DROP TRIGGER change_is_final ON partners_partnerchange; DROP FUNCTION partners_refuse();"
        ),
    ]
