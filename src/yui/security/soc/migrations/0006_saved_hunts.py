import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from yui.kernel.migrating import AtOnce


class Migration(AtOnce):

    dependencies = [
        ('scope', '0001_initial'),
        ('soc', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedHunt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('name', models.CharField(max_length=80, verbose_name='名前')),
                ('text', models.TextField(max_length=4000, verbose_name='条件')),
                ('span', models.CharField(choices=[('15m', '15分以内'), ('1h', '1時間以内'), ('24h', '24時間以内'), ('7d', '7日以内'), ('30d', '30日以内'), ('90d', '90日以内')], default='24h', max_length=4, verbose_name='期間')),
                ('why', models.TextField(blank=True, max_length=1000, verbose_name='ねらい')),
                ('is_private', models.BooleanField(default=True, verbose_name='自分だけ')),
                ('is_daily', models.BooleanField(default=False, verbose_name='毎朝数える')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='保存した人')),
            ],
            options={
                'verbose_name': '保存したハント',
                'ordering': ('name', 'pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [
                    models.UniqueConstraint(fields=('organisation', 'owner', 'name'), name='soc_saved_hunt_name_once', violation_error_message='同じ名前のハントをもう保存しています。'),
                    models.CheckConstraint(condition=models.Q(('visibility', 'own'), models.Q(('is_private', False), ('visibility', 'wards')), _connector='OR'), name='soc_saved_hunt_private_is_own'),
                    models.CheckConstraint(condition=models.Q(('span__in', ['15m', '1h', '24h', '7d', '30d', '90d'])), name='soc_saved_hunt_span_known'),
                ],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SavedHuntCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='ログの日')),
                ('count', models.PositiveBigIntegerField(null=True, verbose_name='件数')),
                ('problem', models.CharField(blank=True, max_length=300, verbose_name='数えられなかった理由')),
                ('hunt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='soc.savedhunt', verbose_name='保存したハント')),
            ],
            options={
                'verbose_name': '毎朝の件数',
                'ordering': ('-day',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [
                    models.UniqueConstraint(fields=('hunt', 'day'), name='soc_saved_hunt_count_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('count__isnull', False), ('problem', '')), models.Q(('count__isnull', True), models.Q(('problem', ''), _negated=True)), _connector='OR'), name='soc_saved_hunt_count_or_problem'),
                ],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]
