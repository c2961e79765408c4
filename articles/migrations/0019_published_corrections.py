"""``PublishedFix`` becomes ``PublishedCorrection``, in Django's state alone: the table and its grants stay.

The permissions of the model are renamed where they exist, so that groups keep what an administrator gave them.
"""

from django.db import migrations, models

PERMISSIONS = """
UPDATE auth_permission SET codename = replace(codename, '{0}', '{1}'), name = replace(name, '{2}', '{3}')
WHERE codename IN ('add_{0}', 'change_{0}', 'delete_{0}', 'view_{0}') AND content_type_id IN (
    SELECT id FROM django_content_type WHERE app_label = 'articles' AND model IN ('{0}', '{1}'));
"""
OLD, NEW = ("publishedfix", "published fix"), ("publishedcorrection", "published correction")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0018_dependencies"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.AlterModelTable(name="publishedfix", table="articles_publishedfix"),
        migrations.RenameModel("PublishedFix", "PublishedCorrection"),
        migrations.RunSQL(
            PERMISSIONS.format(OLD[0], NEW[0], OLD[1], NEW[1]), PERMISSIONS.format(NEW[0], OLD[0], NEW[1], OLD[1])
        ),
        migrations.AlterField(
            model_name="rating",
            name="tone",
            field=models.CharField(
                choices=[
                    ("positive", "Holds"),
                    ("mostly_positive", "Mostly holds"),
                    ("mixed", "Mixed"),
                    ("negative", "Does not hold"),
                    ("contested", "Contested"),
                    ("open", "Open"),
                    ("past", "Was true"),
                ],
                max_length=20,
            ),
        ),
    ]
