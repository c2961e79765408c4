from django.db import migrations, models

#: Answers that are kept stay: a request that is sent again after the upgrade is still answered the same.
FORWARD = """
ALTER TABLE partners_answer ADD COLUMN caller varchar(60);
UPDATE partners_answer SET caller = 'partner:' || partner_id;
ALTER TABLE partners_answer ALTER COLUMN caller SET NOT NULL;
ALTER TABLE partners_answer DROP CONSTRAINT partners_answer_pkey;
ALTER TABLE partners_answer DROP COLUMN partner_id;
ALTER TABLE partners_answer ADD PRIMARY KEY (caller, key);
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0006_endpoints_by_partners")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(FORWARD)],
            [
                migrations.DeleteModel("Answer"),
                migrations.CreateModel(
                    "Answer",
                    [
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "caller", "key", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        (
                            "caller",
                            models.CharField(help_text="Who asked: partner:<id> or user:<id>.", max_length=60),
                        ),
                        ("key", models.CharField(max_length=255)),
                        (
                            "fingerprint",
                            models.BinaryField(help_text="SHA-256 of method, address and body.", max_length=32),
                        ),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("headers", models.JSONField(default=dict)),
                        ("body", models.BinaryField(default=b"")),
                        ("at", models.DateTimeField(db_index=True)),
                    ],
                ),
            ],
        )
    ]
