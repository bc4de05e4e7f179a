from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Restoration",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("archive_made_at", models.DateTimeField(verbose_name="バックアップの日時")),
                ("restored_at", models.DateTimeField(verbose_name="復元の日時")),
            ],
            options={"verbose_name": "復元の記録"},
        ),
    ]
