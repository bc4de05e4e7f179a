"""Official codes: 全国地方公共団体コード, the 23 special wards, and the joint bodies.

The check digit is computed: with the digits d1…d5 of prefecture and municipality and the weights
6, 5, 4, 3, 2, it is the last digit of ``11 − (Σ dᵢwᵢ mod 11)`` (the ministry's rule for these codes).
"""

import re
from dataclasses import dataclass

from yui.kernel.scope.models import OrganisationKind

WEIGHTS = (6, 5, 4, 3, 2)
_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_SIX_DIGITS = re.compile(r"[0-9]{6}")


def check_digit(five_digits: str) -> str:
    """Return the check digit of a five-digit code; raise ``ValueError`` for anything else."""
    if not _FIVE_DIGITS.fullmatch(five_digits):
        raise ValueError(f"{five_digits!r}: a code has five digits before its check digit")
    weighted = sum(int(digit) * weight for digit, weight in zip(five_digits, WEIGHTS, strict=True))
    return str(11 - weighted % 11)[-1]


def with_check_digit(five_digits: str) -> str:
    """Return the six-digit code of a five-digit one; raise ``ValueError`` for anything else."""
    return five_digits + check_digit(five_digits)


def is_valid_code(code: str) -> bool:
    """Tell whether a text is a six-digit code whose check digit is right."""
    return bool(_SIX_DIGITS.fullmatch(code)) and code[5] == check_digit(code[:5])


@dataclass(frozen=True)
class OfficialOrganisation:
    """A ward or joint body as it is known to everybody; ``tile`` is (column, row) on the tile map."""

    code: str
    kind: OrganisationKind
    name_ja: str
    name_en: str
    name_kana: str
    sort_order: int
    tile: tuple[int, int] | None = None


_WARD_FACTS = (
    # five digits, name, English, kana, column and row of the tile map
    ("13101", "千代田区", "Chiyoda City", "チヨダク", 3, 2),
    ("13102", "中央区", "Chuo City", "チュウオウク", 4, 3),
    ("13103", "港区", "Minato City", "ミナトク", 3, 3),
    ("13104", "新宿区", "Shinjuku City", "シンジュクク", 2, 2),
    ("13105", "文京区", "Bunkyo City", "ブンキョウク", 3, 1),
    ("13106", "台東区", "Taito City", "タイトウク", 4, 2),
    ("13107", "墨田区", "Sumida City", "スミダク", 5, 2),
    ("13108", "江東区", "Koto City", "コウトウク", 5, 3),
    ("13109", "品川区", "Shinagawa City", "シナガワク", 3, 4),
    ("13110", "目黒区", "Meguro City", "メグロク", 2, 4),
    ("13111", "大田区", "Ota City", "オオタク", 3, 5),
    ("13112", "世田谷区", "Setagaya City", "セタガヤク", 1, 3),
    ("13113", "渋谷区", "Shibuya City", "シブヤク", 2, 3),
    ("13114", "中野区", "Nakano City", "ナカノク", 1, 2),
    ("13115", "杉並区", "Suginami City", "スギナミク", 0, 2),
    ("13116", "豊島区", "Toshima City", "トシマク", 2, 1),
    ("13117", "北区", "Kita City", "キタク", 3, 0),
    ("13118", "荒川区", "Arakawa City", "アラカワク", 4, 1),
    ("13119", "板橋区", "Itabashi City", "イタバシク", 2, 0),
    ("13120", "練馬区", "Nerima City", "ネリマク", 1, 1),
    ("13121", "足立区", "Adachi City", "アダチク", 4, 0),
    ("13122", "葛飾区", "Katsushika City", "カツシカク", 5, 1),
    ("13123", "江戸川区", "Edogawa City", "エドガワク", 6, 2),
)

WARDS = tuple(
    OfficialOrganisation(
        with_check_digit(code), OrganisationKind.WARD, name, english, kana, order, tile=(column, row)
    )
    for order, (code, name, english, kana, column, row) in enumerate(_WARD_FACTS, start=1)
)

SECRETARIAT_CODE = "JB-OFFICE"
JOINT_BODIES = tuple(
    OfficialOrganisation(code, OrganisationKind.JOINT_BODY, name, english, kana, order)
    for order, (code, name, english, kana) in enumerate(
        (
            (SECRETARIAT_CODE, "事務局", "Secretariat", "ジムキョク"),
            ("JB-PROCURE", "共同調達協議会", "Joint Procurement Council", "キョウドウチョウタツキョウギカイ"),
            ("JB-BPR", "BPR伴走支援チーム", "BPR Support Team", "ビーピーアールバンソウシエンチーム"),
            ("JB-SOC", "共同CSIRT/SOC", "Joint CSIRT/SOC", "キョウドウシーサートソック"),
            ("JB-LEARNING", "研修事務局", "Training Secretariat", "ケンシュウジムキョク"),
        ),
        start=101,
    )
)

ORGANISATIONS = WARDS + JOINT_BODIES
TILES = {ward.code: ward.tile for ward in WARDS if ward.tile is not None}
