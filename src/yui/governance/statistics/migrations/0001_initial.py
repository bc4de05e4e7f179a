import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
from django.db import migrations, models

from yui.kernel.migrating import AtOnce


class Migration(AtOnce):

    initial = True

    dependencies = [
        ('organisations', '0002_official_organisations'),
        ('scope', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('code', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('\\A[0-9a-z][0-9a-z._-]{0,59}\\Z', '小文字の英字、数字、「.」「-」「_」で、60字までで書いてください。')], verbose_name='コード')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('publisher', models.CharField(max_length=120, verbose_name='公表した機関')),
                ('address', models.CharField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(['http', 'https'])], verbose_name='アドレス')),
                ('licence', models.CharField(choices=[('cc-by-4.0', 'CC BY 4.0'), ('pdl-1.0', '公共データ利用規約(第1.0版)'), ('gov-2.0', '政府標準利用規約(第2.0版)'), ('own', '独自の利用条件'), ('unknown', '不明')], default='unknown', max_length=10, verbose_name='利用条件')),
                ('licence_text', models.TextField(blank=True, max_length=2000, verbose_name='利用条件の本文')),
                ('note', models.TextField(blank=True, max_length=2000, verbose_name='備考')),
                ('is_illustrative', models.BooleanField(default=False, verbose_name='架空の例')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '統計の出典',
                'ordering': ('organisation__sort_order', 'title', 'code'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('code',), name='statistics_source_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('publisher', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='statistics_source_is_named'), models.CheckConstraint(condition=models.Q(('licence__in', ['cc-by-4.0', 'pdl-1.0', 'gov-2.0', 'own', 'unknown'])), name='statistics_source_licence_known'), models.CheckConstraint(condition=models.Q(models.Q(('licence', 'own'), _negated=True), models.Q(('licence_text', ''), _negated=True), _connector='OR'), name='statistics_own_terms_are_written', violation_error_message='独自の利用条件のときは、その本文を書いてください。'), models.CheckConstraint(condition=models.Q(('visibility', 'participants'), _negated=True), name='statistics_source_not_for_participants')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, validators=[django.core.validators.RegexValidator('\\A[0-9a-z][0-9a-z._-]{0,59}\\Z', '小文字の英字、数字、「.」「-」「_」で、60字までで書いてください。')], verbose_name='コード')),
                ('title', models.CharField(max_length=200, verbose_name='系列名')),
                ('title_en', models.CharField(blank=True, max_length=200, verbose_name='系列名(英語)')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='単位')),
                ('decimals', models.PositiveSmallIntegerField(default=0, verbose_name='小数の桁')),
                ('frequency', models.CharField(choices=[('year', '年'), ('fiscal_year', '年度'), ('quarter', '四半期'), ('month', '月'), ('day', '日')], max_length=12, verbose_name='頻度')),
                ('topic', models.CharField(choices=[('migration', '移行の進捗'), ('costs', '運用コスト'), ('threats', '脅威'), ('people', '人材'), ('other', 'その他')], default='other', max_length=12, verbose_name='分野')),
                ('description', models.TextField(blank=True, max_length=2000, verbose_name='内容')),
                ('retrieved_on', models.DateField(blank=True, null=True, verbose_name='取得日')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='series', to='statistics.source', verbose_name='出典')),
            ],
            options={
                'verbose_name': '統計の系列',
                'ordering': ('topic', 'title', 'code'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('code',), name='statistics_series_code_once'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('code', ''), _negated=True)), name='statistics_series_is_named'), models.CheckConstraint(condition=models.Q(('frequency__in', ['year', 'fiscal_year', 'quarter', 'month', 'day'])), name='statistics_series_frequency_known'), models.CheckConstraint(condition=models.Q(('topic__in', ['migration', 'costs', 'threats', 'people', 'other'])), name='statistics_series_topic_known'), models.CheckConstraint(condition=models.Q(('decimals__lte', 9)), name='statistics_series_decimals_few', violation_error_message='小数の桁は9までです。')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='ファイル名')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('file_format', models.CharField(choices=[('estat-json', 'e-StatのJSON'), ('long', '縦長の表'), ('wide', '横長の表')], max_length=12, verbose_name='形式')),
                ('state', models.CharField(choices=[('waiting', '確認待ち'), ('applied', '取り込み済み'), ('cancelled', '取りやめ'), ('withdrawn', '取り消し')], default='waiting', max_length=10, verbose_name='状態')),
                ('retrieved_on', models.DateField(verbose_name='取得日')),
                ('wanted', models.JSONField(blank=True, default=dict, verbose_name='取り込み方')),
                ('new_count', models.PositiveIntegerField(default=0, verbose_name='新しい値')),
                ('changed_count', models.PositiveIntegerField(default=0, verbose_name='変わった値')),
                ('known_count', models.PositiveIntegerField(default=0, verbose_name='同じ値')),
                ('older_count', models.PositiveIntegerField(default=0, verbose_name='前の取得の値')),
                ('refused_count', models.PositiveIntegerField(default=0, verbose_name='読めなかったもの')),
                ('refused', models.JSONField(blank=True, default=list, verbose_name='読めなかった理由')),
                ('taken_by_name', models.CharField(max_length=200, verbose_name='取り込んだ人')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='受け付けた日時')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='終えた日時')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='intakes', to='statistics.source', verbose_name='出典')),
            ],
            options={
                'verbose_name': '統計の取り込み',
                'ordering': ('-pk',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'applied', 'cancelled', 'withdrawn'])), name='statistics_intake_state_known'), models.CheckConstraint(condition=models.Q(('file_format__in', ['estat-json', 'long', 'wide'])), name='statistics_intake_format_known'), models.CheckConstraint(condition=models.Q(('state', 'waiting'), ('finished_at__isnull', False), _connector='OR'), name='statistics_intake_ends_sometime')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Observation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=6, verbose_name='地域コード')),
                ('starts_on', models.DateField(verbose_name='期間の初日')),
                ('value', models.DecimalField(blank=True, decimal_places=9, max_digits=24, null=True, verbose_name='値')),
                ('missing', models.CharField(blank=True, max_length=8, verbose_name='欠測の記号')),
                ('is_provisional', models.BooleanField(default=False, verbose_name='速報値')),
                ('is_marked_revised', models.BooleanField(default=False, verbose_name='改定値')),
                ('confirmed_on', models.DateField(verbose_name='取得日')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observations', to='statistics.intake')),
                ('superseded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='supersedes', to='statistics.observation')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='observations', to='statistics.series')),
            ],
            options={
                'verbose_name': '統計の値',
                'ordering': ('starts_on', 'area_code', 'pk'),
                'abstract': False,
                'base_manager_name': 'everything',
                'indexes': [models.Index(fields=['series', 'area_code', 'starts_on'], name='statistics_cell'), models.Index(fields=['series', 'starts_on'], name='statistics_period')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_by__isnull', True)), fields=('series', 'area_code', 'starts_on'), name='statistics_one_current_value'), models.CheckConstraint(condition=models.Q(django.db.models.lookups.Exact(django.db.models.functions.text.Length('area_code'), 6)), name='statistics_area_has_six_digits'), models.CheckConstraint(condition=models.Q(models.Q(('missing', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('missing', ''), _negated=True)), _connector='OR'), name='statistics_value_or_sign')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]
