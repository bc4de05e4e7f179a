import django.core.validators
import django.db.models.deletion
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
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('\\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\\Z', '英数字と「.」「-」「_」で書いてください。')], verbose_name='コード')),
                ('title', models.CharField(max_length=120, verbose_name='課題')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='名称(英語)')),
                ('whose', models.CharField(choices=[('residents', '住民'), ('community', '地域社会'), ('administration', '行政')], max_length=16, verbose_name='だれの課題か')),
                ('statement', models.TextField(blank=True, max_length=4000, verbose_name='どんな課題か')),
                ('harm_if_left', models.TextField(blank=True, max_length=4000, verbose_name='放置した場合の悪影響')),
                ('for_pillar_1', models.BooleanField(default=False, verbose_name='①')),
                ('for_pillar_2', models.BooleanField(default=False, verbose_name='②')),
                ('for_pillar_3', models.BooleanField(default=False, verbose_name='③')),
                ('state', models.CharField(choices=[('open', '残っている'), ('eased', '軽くなった'), ('closed', 'なくなった')], default='open', max_length=8, verbose_name='状態')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='理由')),
                ('changed_on', models.DateField(blank=True, null=True, verbose_name='状態が変わった日')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='並び順')),
                ('is_quoted', models.BooleanField(default=False, verbose_name='記事の引用')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '課題',
                'ordering': ('position', 'id'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='challenges_challenge_code_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='challenges_challenge_is_named'), models.CheckConstraint(condition=models.Q(('whose__in', ['residents', 'community', 'administration'])), name='challenges_challenge_whose_known'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'eased', 'closed'])), name='challenges_challenge_state_known'), models.CheckConstraint(condition=models.Q(('visibility__in', ('own', 'wards'))), name='challenges_challenge_own_or_all_wards', violation_error_message='見える範囲は「自区のみ」か「全区」です。'), models.CheckConstraint(condition=models.Q(('for_pillar_1', True), ('for_pillar_2', True), ('for_pillar_3', True), _connector='OR'), name='challenges_challenge_has_a_pillar', violation_error_message='関係する支援策を1つ以上選んでください。'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(models.Q(('reason', ''), _negated=True), ('changed_on__isnull', False)), _connector='OR'), name='challenges_what_is_not_open_says_why')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ChallengeEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('statistics', '公的統計'), ('report', '報告書'), ('example', '事例'), ('opinion', '意見')], max_length=12, verbose_name='種類')),
                ('title', models.CharField(max_length=200, verbose_name='根拠の名称')),
                ('figure', models.CharField(blank=True, max_length=200, verbose_name='引用した数字')),
                ('statement', models.TextField(blank=True, max_length=2000, verbose_name='根拠の内容')),
                ('publisher', models.CharField(blank=True, max_length=120, verbose_name='公表した団体')),
                ('addresses', models.TextField(blank=True, max_length=2000, verbose_name='出典のアドレス')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公表日')),
                ('is_quoted', models.BooleanField(default=False, verbose_name='記事の引用')),
                ('series_code', models.CharField(blank=True, max_length=120, verbose_name='公的統計の系列')),
                ('area_code', models.CharField(blank=True, max_length=6, verbose_name='地域')),
                ('urn', models.CharField(blank=True, max_length=200, validators=[django.core.validators.RegexValidator('\\Ayui:[a-z][a-z0-9_.]*:\\S{1,150}\\Z', 'yui:registry.system:12 のように書いてください。')], verbose_name='関係する記録')),
                ('challenge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='challenges.challenge')),
            ],
            options={
                'verbose_name': '課題の根拠',
                'ordering': ('id',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['statistics', 'report', 'example', 'opinion'])), name='challenges_challenge_evidence_kind_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='challenges_challenge_evidence_is_named'), models.CheckConstraint(condition=models.Q(models.Q(('area_code', ''), ('series_code', '')), models.Q(models.Q(('series_code', ''), _negated=True), models.Q(('area_code', ''), _negated=True)), _connector='OR'), name='challenges_challenge_evidence_series_has_an_area', violation_error_message='系列と地域は一緒に選んでください。')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('code', models.CharField(max_length=20, validators=[django.core.validators.RegexValidator('\\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\\Z', '英数字と「.」「-」「_」で書いてください。')], verbose_name='コード')),
                ('pillar', models.PositiveSmallIntegerField(choices=[(1, '①'), (2, '②'), (3, '③')], verbose_name='支援策')),
                ('title', models.CharField(max_length=120, verbose_name='取組')),
                ('title_en', models.CharField(blank=True, max_length=160, verbose_name='名称(英語)')),
                ('statement', models.TextField(blank=True, max_length=4000, verbose_name='取組の内容')),
                ('department', models.CharField(blank=True, max_length=120, verbose_name='担当する部署')),
                ('set_code', models.CharField(blank=True, max_length=20, verbose_name='優先度の検討のコード')),
                ('option_code', models.CharField(blank=True, max_length=20, verbose_name='選択肢のコード')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='並び順')),
                ('is_quoted', models.BooleanField(default=False, verbose_name='記事の引用')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': '取組',
                'ordering': ('pillar', 'position', 'id'),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='challenges_initiative_code_once'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='challenges_initiative_is_named'), models.CheckConstraint(condition=models.Q(('pillar__range', (1, 3))), name='challenges_initiative_pillar'), models.CheckConstraint(condition=models.Q(('visibility__in', ('own', 'wards'))), name='challenges_initiative_own_or_all_wards', violation_error_message='見える範囲は「自区のみ」か「全区」です。'), models.CheckConstraint(condition=models.Q(models.Q(('option_code', ''), ('set_code', '')), models.Q(models.Q(('set_code', ''), _negated=True), models.Q(('option_code', ''), _negated=True)), _connector='OR'), name='challenges_initiative_option_whole')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='InitiativeEvidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('statistics', '公的統計'), ('report', '報告書'), ('example', '事例'), ('opinion', '意見')], max_length=12, verbose_name='種類')),
                ('title', models.CharField(max_length=200, verbose_name='根拠の名称')),
                ('figure', models.CharField(blank=True, max_length=200, verbose_name='引用した数字')),
                ('statement', models.TextField(blank=True, max_length=2000, verbose_name='根拠の内容')),
                ('publisher', models.CharField(blank=True, max_length=120, verbose_name='公表した団体')),
                ('addresses', models.TextField(blank=True, max_length=2000, verbose_name='出典のアドレス')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公表日')),
                ('is_quoted', models.BooleanField(default=False, verbose_name='記事の引用')),
                ('series_code', models.CharField(blank=True, max_length=120, verbose_name='公的統計の系列')),
                ('area_code', models.CharField(blank=True, max_length=6, verbose_name='地域')),
                ('urn', models.CharField(blank=True, max_length=200, validators=[django.core.validators.RegexValidator('\\Ayui:[a-z][a-z0-9_.]*:\\S{1,150}\\Z', 'yui:registry.system:12 のように書いてください。')], verbose_name='関係する記録')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='challenges.initiative')),
            ],
            options={
                'verbose_name': '取組の根拠',
                'ordering': ('id',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['statistics', 'report', 'example', 'opinion'])), name='challenges_initiative_evidence_kind_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='challenges_initiative_evidence_is_named'), models.CheckConstraint(condition=models.Q(models.Q(('area_code', ''), ('series_code', '')), models.Q(models.Q(('series_code', ''), _negated=True), models.Q(('area_code', ''), _negated=True)), _connector='OR'), name='challenges_initiative_evidence_series_has_an_area', violation_error_message='系列と地域は一緒に選んでください。')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('visibility', models.CharField(choices=[('own', '自区のみ'), ('participants', '指定した団体'), ('wards', '全区'), ('public', '公開')], default='own', max_length=12, verbose_name='見える範囲')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='作成日時')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新日時')),
                ('kind', models.CharField(choices=[('answers', '課題にこたえる'), ('moves', '指標を動かす'), ('leads_to', '次の指標につながる')], max_length=8, verbose_name='種類')),
                ('source', models.CharField(blank=True, max_length=20, verbose_name='もとの指標')),
                ('target', models.CharField(blank=True, max_length=20, verbose_name='先の指標')),
                ('assumption', models.TextField(blank=True, max_length=1000, verbose_name='なぜそうなるか')),
                ('strength', models.CharField(choices=[('none', '根拠なし'), ('opinion', '意見'), ('example', '事例'), ('report', '報告書'), ('statistics', '公的統計')], default='none', max_length=12, verbose_name='根拠の強さ')),
                ('basis', models.CharField(blank=True, max_length=300, verbose_name='もとにした資料')),
                ('is_quoted', models.BooleanField(default=False, verbose_name='記事の引用')),
                ('challenge', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='challenges.challenge', verbose_name='課題')),
                ('initiative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='challenges.initiative', verbose_name='取組')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='scope.organisation', verbose_name='団体')),
            ],
            options={
                'verbose_name': 'つながり',
                'ordering': ('id',),
                'abstract': False,
                'base_manager_name': 'everything',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'answers'), ('challenge__isnull', False), ('initiative__isnull', False), ('source', ''), ('target', '')), models.Q(('kind', 'moves'), ('challenge__isnull', True), ('initiative__isnull', False), ('source', ''), models.Q(('target', ''), _negated=True)), models.Q(('kind', 'leads_to'), ('challenge__isnull', True), ('initiative__isnull', True), models.Q(('source', ''), _negated=True), models.Q(('target', ''), _negated=True), models.Q(('source', models.F('target')), _negated=True)), _connector='OR'), name='challenges_link_has_the_ends_of_its_kind'), models.CheckConstraint(condition=models.Q(('strength__in', ['none', 'opinion', 'example', 'report', 'statistics'])), name='challenges_link_strength_known'), models.CheckConstraint(condition=models.Q(('visibility__in', ('own', 'wards'))), name='challenges_link_own_or_all_wards'), models.UniqueConstraint(condition=models.Q(('kind', 'answers')), fields=('organisation', 'challenge', 'initiative'), name='challenges_answers_once'), models.UniqueConstraint(condition=models.Q(('kind', 'moves')), fields=('organisation', 'initiative', 'target'), name='challenges_moves_once'), models.UniqueConstraint(condition=models.Q(('kind', 'leads_to')), fields=('organisation', 'source', 'target'), name='challenges_leads_to_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('everything', django.db.models.manager.Manager()),
            ],
        ),
    ]
