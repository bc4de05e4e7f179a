"""Words of the SOC's 架空データ."""

HOSTS = ("PC", "NB", "SV", "VD")
"""Kinds of machines: desk, notebook, server, virtual desktop."""

ACCOUNTS = ("sato", "suzuki", "takahashi", "tanaka", "ito", "watanabe", "yamamoto", "nakamura", "kobayashi")

INCIDENT_TITLES: dict[str, tuple[str, ...]] = {
    "malware": ("端末のマルウェア感染", "添付ファイルからの感染", "USBメモリからの感染"),
    "account_takeover": ("職員アカウントへの不正なサインイン", "委託先アカウントの乗っ取り"),
    "unauthorised_access": ("公開サーバーへの不正アクセス", "共有フォルダへの不正な接続"),
    "lost_device": ("業務用タブレットの紛失", "記録媒体の紛失"),
    "ddos": ("公式サイトへのDDoS攻撃",),
    "ransomware": ("ファイルサーバーの暗号化",),
    "cloud_leak": ("保管領域の公開設定の誤り",),
    "contractor_breach": ("委託先サーバーへの侵害",),
    "other": ("不審メールの一斉受信", "誤送信"),
}

CATEGORY_WEIGHTS = {
    "malware": 26,
    "account_takeover": 18,
    "unauthorised_access": 12,
    "lost_device": 14,
    "ddos": 6,
    "ransomware": 2,
    "cloud_leak": 3,
    "contractor_breach": 4,
    "other": 15,
}

CLOSE_WEIGHTS = {"false_positive": 46, "benign": 34, "true_positive": 12, "duplicate": 5, "exercise": 3}
