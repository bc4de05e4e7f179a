from typing import Any

from django.db import migrations

PAIRS = [
    ("住民基本台帳", "住基"),
    ("国民健康保険", "国保"),
    ("後期高齢者医療", "後期"),
    ("国民年金", "国年"),
    ("生活保護", "生保"),
    ("児童扶養手当", "児扶手"),
    ("固定資産税", "固資税"),
    ("住民税", "特別区民税"),
    ("個人住民税", "特別区民税"),
    ("軽自動車税", "軽自税"),
    ("マイナンバーカード", "個人番号カード"),
    ("マイナンバーカード", "マイナカード"),
    ("公的個人認証", "JPKI"),
    ("住民基本台帳ネットワーク", "住基ネット"),
    ("総合行政ネットワーク", "LGWAN"),
    ("ガバメントクラウド", "ガバクラ"),
    ("クラウドサービスプロバイダー", "CSP"),
    ("標準化", "標準準拠"),
    ("標準準拠システム", "標準仕様準拠システム"),
    ("業務改革", "BPR"),
    ("業務改革", "業務改善"),
    ("デジタルトランスフォーメーション", "DX"),
    ("自治体DX", "行政DX"),
    ("情報提供依頼", "RFI"),
    ("提案依頼", "RFP"),
    ("提案依頼書", "提案要求書"),
    ("サービスレベル合意", "SLA"),
    ("プロポーザル", "企画提案"),
    ("共同調達", "共同購入"),
    ("総所有コスト", "TCO"),
    ("保守運用", "運用保守"),
    ("多要素認証", "MFA"),
    ("二要素認証", "2要素認証"),
    ("シングルサインオン", "SSO"),
    ("ゼロトラスト", "ZTA"),
    ("仮想専用線", "VPN"),
    ("仮想デスクトップ", "VDI"),
    ("統合脅威管理", "UTM"),
    ("エンドポイント検知", "EDR"),
    ("情報セキュリティ事故", "インシデント"),
    ("セキュリティ監視センター", "SOC"),
    ("情報セキュリティ緊急対応チーム", "CSIRT"),
    ("標的型メール", "標的型攻撃メール"),
    ("ランサムウェア", "身代金要求型ウイルス"),
    ("業務継続計画", "BCP"),
    ("災害復旧", "DR"),
    ("脆弱性", "セキュリティホール"),
    ("人工知能", "AI"),
    ("生成AI", "生成系AI"),
    ("ロボットによる業務自動化", "RPA"),
    ("光学文字認識", "OCR"),
    ("庶務事務", "庶務"),
    ("財務会計", "財会"),
    ("人事給与", "人給"),
    ("ペーパーレス", "紙の削減"),
    ("テレワーク", "在宅勤務"),
    ("ウェブ会議", "オンライン会議"),
    ("ヘルプデスク", "問い合わせ窓口"),
    ("オープンデータ", "公開データ"),
    ("東京都特別区", "23区"),
    ("特別区", "東京23区"),
    ("デジタル人材", "DX人材"),
]


def add_everyday_words(apps: Any, schema_editor: Any) -> None:
    """Put in abbreviations and other names of everyday work in wards; administrators may take any out."""
    synonym = apps.get_model("search", "Synonym")
    database = schema_editor.connection.alias
    known = set(synonym.objects.using(database).values_list("term", "equivalent"))
    synonym.objects.using(database).bulk_create(
        synonym(term=term, equivalent=equivalent)
        for term, equivalent in PAIRS
        if (term, equivalent) not in known and (equivalent, term) not in known
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0002_default_synonyms")]
    operations = [migrations.RunPython(add_everyday_words, migrations.RunPython.noop)]
