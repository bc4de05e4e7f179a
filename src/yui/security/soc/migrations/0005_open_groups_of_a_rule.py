from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('soc', '0004_own_networks'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='alertgroup',
            index=models.Index(condition=models.Q(('state', 'closed'), _negated=True), fields=['organisation', 'rule', '-priority', '-last_event_at', '-id'], name='soc_open_rule_queue'),
        ),
    ]
