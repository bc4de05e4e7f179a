from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="DirtyDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("urn", models.CharField(max_length=200, unique=True, verbose_name="対象")),
                ("marked_at", models.DateTimeField(verbose_name="時刻")),
            ],
            options={"verbose_name": "検索に反映待ちの記録"},
        ),
        migrations.CreateModel(
            name="Synonym",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("term", models.CharField(max_length=60, verbose_name="語")),
                ("equivalent", models.CharField(max_length=60, verbose_name="同じ意味の語")),
            ],
            options={
                "verbose_name": "同義語",
                "ordering": ("term", "equivalent"),
                "constraints": [
                    models.UniqueConstraint(fields=("term", "equivalent"), name="synonym_pair_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("term", models.F("equivalent")), _negated=True),
                            models.Q(("term", ""), _negated=True),
                            models.Q(("equivalent", ""), _negated=True),
                        ),
                        name="synonym_says_something",
                    ),
                ],
            },
        ),
    ]
