import django.core.validators
import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scope', '0001_initial'),
        ('soc', '0002_append_only'),
    ]

    operations = [
        migrations.AddField(
            model_name='alertgroup',
            name='held',
            field=models.PositiveIntegerField(default=0, verbose_name='数だけの件数'),
        ),
        migrations.AddConstraint(
            model_name='alertgroup',
            constraint=models.CheckConstraint(condition=models.Q(('held__lt', models.F('count'))), name='soc_group_has_an_alert'),
        ),
        migrations.AddField(
            model_name='detectionrule',
            name='hourly_limit',
            field=models.PositiveIntegerField(default=1000, validators=[django.core.validators.MinValueValidator(20), django.core.validators.MaxValueValidator(100000)], verbose_name='1時間に登録する上限'),
        ),
        migrations.AddConstraint(
            model_name='detectionrule',
            constraint=models.CheckConstraint(condition=models.Q(('hourly_limit__gte', 20), ('hourly_limit__lte', 100000)), name='soc_rule_limit_in_bounds'),
        ),
        migrations.CreateModel(
            name='RuleLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('hour', models.DateTimeField(verbose_name='時間帯')),
                ('raised', models.PositiveIntegerField(default=0, verbose_name='登録した件数')),
                ('held', models.PositiveBigIntegerField(default=0, verbose_name='数だけの件数')),
                ('flooded_at', models.DateTimeField(blank=True, null=True, verbose_name='最後に上限を超えた日時')),
                ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='最後に知らせた日時')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='soc.detectionrule', verbose_name='ルール')),
            ],
            options={
                'verbose_name': 'ルールの1時間の件数',
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'rule'), name='soc_load_once_per_rule')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]
