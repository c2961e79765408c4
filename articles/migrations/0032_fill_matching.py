"""Every posting is made again, in one transaction: about a minute for 100,000 claims (docs/decisions/0039).

Readers search the old postings until it is committed. A claim that is saved meanwhile waits.
"""

from django.db import migrations

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
    dependencies = [("articles", "0031_matching_fields")]

    operations = [
        migrations.RunSQL(QUOTES, migrations.RunSQL.noop),
        migrations.RunSQL(POSTINGS, migrations.RunSQL.noop),
    ]
