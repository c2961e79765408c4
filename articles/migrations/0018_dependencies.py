"""``Wait`` becomes ``Dependency``, and how one ended gets the usual words.

The table keeps its name: the history, the database's triggers and the API name it. Its rows are changed with a history
of their own, so that nobody finds a value that no entry explains. Entries of before keep their words.
"""

import django.db.models.deletion
from django.db import migrations, models

REWORD = """
SELECT set_config('factcheck.surface', 'command', true),
    set_config('factcheck.reason', 'The word for this outcome changed, not the outcome.', true);
UPDATE articles_wait SET outcome = CASE outcome WHEN '{0}' THEN '{2}' ELSE '{3}' END WHERE outcome IN ('{0}', '{1}');
SELECT set_config('factcheck.surface', '', true), set_config('factcheck.reason', '', true);
"""
OLD, NEW = ("came", "given_up"), ("received", "abandoned")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0017_recheck_day_is_public"),
    ]

    operations = [
        migrations.AlterModelTable(name="wait", table="articles_wait"),
        migrations.RenameModel("Wait", "Dependency"),
        migrations.AlterModelOptions(
            name="dependency",
            options={"default_permissions": (), "ordering": ["id"], "verbose_name_plural": "dependencies"},
        ),
        migrations.AlterField(
            model_name="dependency",
            name="claim",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="dependencies", to="articles.claim"
            ),
        ),
        migrations.AlterField(
            model_name="dependency",
            name="outcome",
            field=models.CharField(
                blank=True, choices=[("received", "Received"), ("abandoned", "Abandoned")], max_length=10
            ),
        ),
        migrations.RunSQL(REWORD.format(*OLD, *NEW), REWORD.format(*NEW, *OLD)),
    ]
