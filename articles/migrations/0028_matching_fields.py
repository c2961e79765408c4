"""Claims are found by their summary and quoted passages, too, and by folded words.

Every posting is made again, in one transaction: about a minute for 100,000 claims (see docs/decisions/0045).
Readers search the old postings until it is committed.
"""

from django.db import migrations, models

from lib.sqlfiles import read_sql

QUOTES = """
UPDATE articles_publishedclaim c SET quotes = p.quotes FROM (
    SELECT claim_id, string_agg(exact, ' ' ORDER BY article_id, start) AS quotes
    FROM articles_publishedpassage GROUP BY claim_id
) p WHERE p.claim_id = c.claim_id
"""
POSTINGS = """
DELETE FROM articles_posting;
DELETE FROM articles_lexeme;
DELETE FROM articles_publishedposting;
DELETE FROM articles_publishedlexeme;
SELECT factcheck_post_open(ARRAY (SELECT id FROM articles_claim));
SELECT factcheck_post_published(ARRAY (SELECT claim_id FROM articles_publishedclaim));
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0027_link_checks")]

    operations = [
        migrations.AddField(
            model_name="publishedclaim",
            name="quotes",
            field=models.TextField(
                blank=True,
                db_default="",
                help_text="Its quoted passages, one after the other: by them it is found, too.",
            ),
        ),
        migrations.RunSQL(QUOTES, migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "folding"), migrations.RunSQL.noop),
        migrations.RunSQL(read_sql("articles", "matching"), migrations.RunSQL.noop),
        migrations.RunSQL(POSTINGS, migrations.RunSQL.noop),
    ]
