"""The words of which the registry's 架空データ is made."""

OTHER_SYSTEMS: tuple[tuple[str, str, str, int], ...] = (
    ("人事給与システム", "internal", "lgwan", 3),
    ("財務会計システム", "internal", "lgwan", 2),
    ("文書管理システム", "internal", "lgwan", 2),
    ("電子決裁システム", "internal", "lgwan", 2),
    ("庶務事務システム", "internal", "lgwan", 2),
    ("契約管理システム", "internal", "lgwan", 2),
    ("公有財産管理システム", "internal", "lgwan", 2),
    ("例規管理システム", "internal", "internet", 1),
    ("グループウェア", "sharing", "lgwan", 2),
    ("庁内ファイルサーバー", "sharing", "lgwan", 2),
    ("職員ポータル", "sharing", "lgwan", 2),
    ("AI議事録作成システム", "sharing", "internet", 2),
    ("ウェブ会議システム", "sharing", "internet", 2),
    ("区公式ウェブサイト", "resident", "internet", 1),
    ("電子申請システム", "resident", "internet", 2),
    ("施設予約システム", "resident", "internet", 2),
    ("図書館システム", "resident", "internet", 2),
    ("防災情報システム", "resident", "internet", 2),
    ("端末統合管理システム", "security", "lgwan", 2),
    ("ファイル無害化システム", "security", "lgwan", 2),
    ("ログ管理システム", "security", "lgwan", 3),
    ("統合認証基盤", "platform", "lgwan", 3),
    ("仮想デスクトップ基盤", "platform", "lgwan", 2),
    ("庁内ネットワーク", "platform", "lgwan", 2),
    ("統合型地理情報システム", "platform", "lgwan", 2),
)
"""Name, category, network zone and 機密性 of systems that most wards have besides the twenty."""

VENDORS = tuple(f"架空ベンダー{letter}社" for letter in "ABCDEFGHJKLM")

CONTRACT_TITLES = {
    "maintenance": "{}保守業務委託",
    "operation": "{}運用業務委託",
    "service": "{}利用契約",
    "lease": "{}機器賃貸借",
}

LINK_DATA = (
    ("api", "realtime", "宛名情報"),
    ("file", "daily", "異動情報"),
    ("file", "daily", "税情報"),
    ("file", "monthly", "収納情報"),
    ("database", "hourly", "職員情報"),
    ("file", "weekly", "統計データ"),
    ("medium", "yearly", "当初課税データ"),
)

OUTAGES = (
    ("ネットワーク機器の故障", "庁内の中継機器が止まったため。"),
    ("応答の遅れ", "夜間処理が業務時間までかかったため。"),
    ("ログインできない", "認証サーバーの証明書の期限が切れたため。"),
    ("帳票を印刷できない", "帳票サーバーの空き容量が足りなくなったため。"),
    ("クラウド側の障害", "クラウド事業者の設備に不具合があったため。"),
    ("データ連携の失敗", "連携ファイルの形式が変わったため。"),
)

CHANGES = (
    ("OSのセキュリティ更新", "low"),
    ("ミドルウェアの更新", "medium"),
    ("制度改正への対応", "high"),
    ("帳票の様式変更", "low"),
    ("サーバーの増強", "medium"),
    ("ファイアウォール設定の変更", "high"),
)
