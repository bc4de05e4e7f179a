"""Makes the 架空 departments and people of every ward and joint body.

Nobody can sign in but five typical people. They share one password, made for this installation: the
database holds its hash, and a file in ``YUI_HOME`` that only its owner may read holds the words.
"""

import secrets
from datetime import date
from pathlib import Path
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from yui.kernel.demonstration import Demonstration
from yui.kernel.ledger.append import Act, append
from yui.kernel.links import urn
from yui.kernel.policy import Role
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.organisations.models import Department, Membership, User

PASSWORD_FILE = "demonstration-password"  # noqa: S105 — the name of a file

WARD_TREE: dict[str, tuple[str, ...]] = {
    "総務部": ("総務課", "情報政策課", "契約課"),
    "区民部": ("戸籍住民課", "税務課", "国保年金課"),
    "福祉部": ("生活福祉課", "高齢福祉課", "子育て支援課"),
}
JOINT_TREE: dict[str, tuple[str, ...]] = {"運営部": ("企画班", "実務班")}
WARD_ROLES = [Role.ADMINISTRATOR] * 2 + [Role.OFFICER] * 5 + [Role.VIEWER] * 4 + [Role.AUDITOR]
JOINT_ROLES = [Role.ADMINISTRATOR] * 2 + [Role.JOINT_STAFF] * 8 + [Role.VIEWER, Role.AUDITOR]
FAMILY_NAMES = (
    ("佐藤", "サトウ", "Sato"), ("鈴木", "スズキ", "Suzuki"), ("高橋", "タカハシ", "Takahashi"),
    ("田中", "タナカ", "Tanaka"), ("伊藤", "イトウ", "Ito"), ("渡辺", "ワタナベ", "Watanabe"),
    ("山本", "ヤマモト", "Yamamoto"), ("中村", "ナカムラ", "Nakamura"), ("小林", "コバヤシ", "Kobayashi"),
    ("加藤", "カトウ", "Kato"), ("吉田", "ヨシダ", "Yoshida"), ("山田", "ヤマダ", "Yamada"),
    ("松本", "マツモト", "Matsumoto"), ("井上", "イノウエ", "Inoue"), ("木村", "キムラ", "Kimura"),
)  # fmt: skip
GIVEN_NAMES = (
    ("葵", "アオイ", "Aoi"), ("蓮", "レン", "Ren"), ("陽菜", "ヒナ", "Hina"), ("湊", "ミナト", "Minato"),
    ("結衣", "ユイ", "Yui"), ("樹", "イツキ", "Itsuki"), ("凛", "リン", "Rin"), ("悠真", "ユウマ", "Yuma"),
    ("美咲", "ミサキ", "Misaki"), ("大翔", "ヒロト", "Hiroto"), ("さくら", "サクラ", "Sakura"),
    ("翔太", "ショウタ", "Shota"), ("真央", "マオ", "Mao"), ("健", "ケン", "Ken"),
)  # fmt: skip

TYPICAL = (
    ("131032", Role.OFFICER, _("港区 担当")),
    ("131032", Role.ADMINISTRATOR, _("港区 管理者")),
    ("131032", Role.AUDITOR, _("港区 監査")),
    ("JB-SOC", Role.JOINT_STAFF, _("共同CSIRT/SOC 共同体職員")),
    ("JB-OFFICE", Role.ADMINISTRATOR, _("事務局 管理者")),
)


def seed(demo: Demonstration) -> None:
    """Make departments and twelve people in each organisation; the same seed makes the same people."""
    random = demo.random_for("organisations")
    start = demo.first_month.first_day
    locked = make_password(None)
    hashed = make_password(_new_password())
    typical = {(code, role) for code, role, _label in TYPICAL}
    for organisation in Organisation.objects.exclude(kind=OrganisationKind.MUNICIPALITY):
        is_ward = organisation.kind == OrganisationKind.WARD
        departments = _make_departments(organisation, WARD_TREE if is_ward else JOINT_TREE, start)
        roles = WARD_ROLES if is_ward else JOINT_ROLES
        people = [_person(organisation, number, random, locked) for number in range(1, len(roles) + 1)]
        for code, role in typical:
            if code == organisation.code:
                people[roles.index(role)].password = hashed
        User.objects.bulk_create(people)
        Membership.objects.bulk_create(
            Membership(
                user=person,
                organisation=organisation,
                role=role,
                department=departments[number % len(departments)],
                valid_from=start,
            )
            for number, (person, role) in enumerate(zip(people, roles, strict=True))
        )
        _remember(demo, organisation, len(departments), len(people))


def sign_in_lines() -> list[str]:
    """Return who can sign in to the demonstration and how; nothing without 架空データ."""
    file = _password_file()
    if not file.exists():
        return []
    password = file.read_text(encoding="utf-8").strip()
    lines = [
        f"  {label!s:<24} {_username(code, _roles(code).index(role) + 1)}" for code, role, label in TYPICAL
    ]
    return [*lines, f"  パスワード / password: {password}"]


def _roles(code: str) -> list[Role]:
    return WARD_ROLES if code[0].isdigit() else JOINT_ROLES


def _username(code: str, number: int) -> str:
    return f"{code}-{number:05d}".lower()


def _password_file() -> Path:
    return Path(settings.HOME) / PASSWORD_FILE


def _new_password() -> str:
    """Return a password of 16 letters and digits in four groups, kept in the owner's file."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    groups = ["".join(secrets.choice(alphabet) for _letter in range(4)) for _group in range(4)]
    password = "-".join(groups)
    file = _password_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(password + "\n", encoding="utf-8")
    return password


def _person(organisation: Organisation, number: int, random: Random, password: str) -> User:
    """Return a person whose name says that it is made up."""
    family, given = random.choice(FAMILY_NAMES), random.choice(GIVEN_NAMES)
    username = _username(organisation.code, number)
    person = User(
        username=username,
        email=f"{username}@yui.example",
        name_ja=f"{family[0]} {given[0]}(架空)",
        name_kana=f"{family[1]} {given[1]}",
        name_en=f"{given[2]} {family[2]} (fictitious)",
        password=password,
    )
    person.fill_search_key()
    return person


def _make_departments(
    organisation: Organisation, tree: dict[str, tuple[str, ...]], start: date
) -> list[Department]:
    """Make the divisions and their sections; return the sections, where people work."""
    sections = []
    for number, (division, names) in enumerate(tree.items(), start=1):
        parent = Department.objects.create(
            organisation=organisation, code=f"{number:02d}", name=division, valid_from=start
        )
        sections += [
            Department.objects.create(
                organisation=organisation,
                code=f"{number:02d}{place:02d}",
                name=name,
                parent=parent,
                valid_from=start,
            )
            for place, name in enumerate(names, start=1)
        ]
    return sections


def _remember(demo: Demonstration, organisation: Organisation, departments: int, people: int) -> None:
    subject = urn("organisations.organisation", organisation.code)
    payload = {
        "summary": f"架空の部署{departments}件、職員{people}人をつくりました",
        "changes": {},
        "data": {},
    }
    append(organisation.code, [Act(demo.actor.name, "organisations.demonstration.seed", subject, payload)])
