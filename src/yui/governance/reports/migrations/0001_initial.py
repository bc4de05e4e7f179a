import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

from yui.kernel.migrating import AtOnce
from yui.kernel.migrating.append_only import ALWAYS, append_only


class Migration(AtOnce):

    initial = True
    replaces = [('reports', '0002_append_only')]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('organisations', '0002_official_organisations'),
        ('scope', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('kind', models.CharField(choices=[('monthly', '月次報告'), ('annual', '年次報告')], max_length=8, verbose_name='種類')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('is_active', models.BooleanField(default=True, verbose_name='自動でつくる')),
                ('day_of_month', models.PositiveSmallIntegerField(default=5, help_text='1から28まで。年次報告は4月から6月のこの日につくります。', verbose_name='つくる日')),
                ('note', models.TextField(blank=True, max_length=2000, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='内部のメモ')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '報告の型',
                'ordering': ('organisation__sort_order', 'kind'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'kind'), name='reports_one_plan_per_kind', violation_error_message='この団体のこの種類の型はもうあります。'), models.CheckConstraint(condition=models.Q(('kind__in', ['monthly', 'annual'])), name='reports_plan_kind_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='reports_plan_is_named'), models.CheckConstraint(condition=models.Q(('day_of_month__range', (1, 28))), name='reports_plan_day_exists', violation_error_message='つくる日は1から28までです。'), models.CheckConstraint(condition=models.Q(('visibility', 'public'), _negated=True), name='reports_plan_not_public')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PlanItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('indicator_code', models.CharField(max_length=20, verbose_name='指標')),
                ('position', models.PositiveSmallIntegerField(verbose_name='並び順')),
                ('is_public', models.BooleanField(default=False, verbose_name='公表する')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='reports.reportplan')),
            ],
            options={
                'verbose_name': '報告する指標',
                'ordering': ('position',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('plan', 'indicator_code'), name='reports_indicator_once'), models.UniqueConstraint(fields=('plan', 'position'), name='reports_item_position_once'), models.CheckConstraint(condition=models.Q(('indicator_code', ''), _negated=True), name='reports_item_names_indicator')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('kind', models.CharField(choices=[('monthly', '月次報告'), ('annual', '年次報告')], max_length=8, verbose_name='種類')),
                ('first_day', models.DateField(verbose_name='期間の初日')),
                ('state', models.CharField(choices=[('draft', '下書き'), ('closed', '確定'), ('published', '公表')], default='draft', max_length=10, verbose_name='状態')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='確定した日時')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公表した日時')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='確定した人')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='reports.reportplan')),
            ],
            options={
                'verbose_name': '報告書',
                'ordering': ('-first_day', 'kind', 'organisation__sort_order'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('plan', 'first_day'), name='reports_one_report_per_period'), models.CheckConstraint(condition=models.Q(('kind__in', ['monthly', 'annual'])), name='reports_kind_known'), models.CheckConstraint(condition=models.Q(('first_day__day', 1), models.Q(('kind', 'monthly'), models.Q(('first_day__month', 4), ('kind', 'annual')), _connector='OR')), name='reports_period_begins_on_its_first'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('published_at__isnull', True), ('state', 'draft')), models.Q(('closed_at__isnull', False), ('published_at__isnull', True), ('state', 'closed')), models.Q(('closed_at__isnull', False), ('published_at__gte', models.F('closed_at')), ('state', 'published')), _connector='OR'), name='reports_state_has_its_moments'), models.CheckConstraint(condition=models.Q(('visibility', 'public'), _negated=True), name='reports_not_public')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('audience', models.CharField(choices=[('council', '協議会'), ('public', '公表')], max_length=8, verbose_name='読む人')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版')),
                ('content', models.TextField(verbose_name='内容')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('made_at', models.DateTimeField(verbose_name='つくった日時')),
                ('made_from', models.CharField(max_length=60, verbose_name='ソフトウェアの版')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='reports.report')),
            ],
            options={
                'verbose_name': '版',
                'ordering': ('audience', 'number'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('report', 'audience', 'number'), name='reports_edition_number_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='reports_editions_count_from_one'), models.CheckConstraint(condition=models.Q(('audience__in', ['council', 'public'])), name='reports_audience_known'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('sha256'), 64), name='reports_edition_has_its_hash')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='EditionFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2, verbose_name='言語')),
                ('file_format', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel')], max_length=4, verbose_name='形式')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('content', models.BinaryField(verbose_name='中身')),
                ('made_with', models.CharField(max_length=200, verbose_name='つくった道具の版')),
                ('made_at', models.DateTimeField(verbose_name='つくった日時')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='reports.edition')),
            ],
            options={
                'verbose_name': '版のファイル',
                'ordering': ('language', 'file_format'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('edition', 'language', 'file_format'), name='reports_file_once'), models.CheckConstraint(condition=models.Q(('file_format__in', ['pdf', 'docx', 'xlsx'])), name='reports_file_format_known'), models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('sha256'), 64), name='reports_file_has_its_hash')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('change', '変化と理由'), ('risk', '危険'), ('decision', '決めてほしいこと')], max_length=8, verbose_name='種類')),
                ('text', models.TextField(max_length=2000, validators=[django.core.validators.MaxLengthValidator(2000)], verbose_name='文')),
                ('weight', models.PositiveSmallIntegerField(default=50, help_text='大きいほど先に書かれます。', verbose_name='重み(0〜100)')),
                ('is_public', models.BooleanField(default=False, verbose_name='公表する')),
                ('written_at', models.DateTimeField(auto_now=True, verbose_name='書いた日時')),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='reports.report')),
            ],
            options={
                'verbose_name': '書き添え',
                'ordering': ('-weight', 'id'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('topic__in', ['change', 'risk', 'decision'])), name='reports_note_topic_known'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='reports_note_says_something'), models.CheckConstraint(condition=models.Q(('weight__lte', 100)), name='reports_note_weight_up_to_100', violation_error_message='重みは0から100までです。')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        # Editions and their files are added, never rewritten.
        append_only({'reports_edition': ALWAYS, 'reports_editionfile': ALWAYS}),
    ]
