"""Reads an organisation's 職員名簿 (CSV or XLSX): people, departments and roles at once.

A 職員番号 is unique in its organisation only, so the id for signing in is the organisation's code, a
hyphen and the number (``131032-10234``). A row with a known number changes that person's role; a new one
registers the person. Departments that are not known yet are added.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.importers import (
    ApplyResult,
    ColumnKind,
    ImportColumn,
    ImportContext,
    Importer,
    ImportRow,
    RowError,
)
from yui.kernel.policy import Actor, Role, Verb
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import MembershipError
from yui.organisations.models import Department, Membership, User
from yui.organisations.models.user import normalise_email, normalise_username
from yui.organisations.operations.change_membership import change_membership
from yui.organisations.operations.edit_person import edit_person
from yui.organisations.operations.grant_role import grant_role
from yui.organisations.operations.invite_member import Person, invite_member
from yui.organisations.operations.save_department import save_department
from yui.organisations.policies import offered_roles

COLUMNS = (
    ImportColumn(
        "number", "職員番号", aliases=("職員ID", "employee number"), kind=ColumnKind.CODE, required=True,
        max_length=40, example="10234",
    ),
    ImportColumn("name", "氏名", aliases=("name",), required=True, max_length=100, example="架空 花子"),
    ImportColumn("kana", "フリガナ", aliases=("カナ", "kana"), max_length=100, example="カクウ ハナコ"),
    ImportColumn(
        "email", "メール", aliases=("メールアドレス", "email"), max_length=254, example="hana@ward.example"
    ),
    ImportColumn("division", "部", aliases=("division",), max_length=100, example="総務部"),
    ImportColumn("section", "課", aliases=("section",), max_length=100, example="情報政策課"),
    ImportColumn(
        "role", "役割", aliases=("role",), kind=ColumnKind.CHOICE, required=True, choices=tuple(Role.choices),
        example="担当",
    ),
    ImportColumn("valid_from", "開始日", aliases=("start",), kind=ColumnKind.DATE, example="2026-04-01"),
    ImportColumn("last_day", "終了日", aliases=("end",), kind=ColumnKind.DATE, help=_("役割がある最後の日")),
)  # fmt: skip


class RosterRowRefused(ExchangeError):
    """A row that looked right could not be applied; nothing of the file was."""

    def __init__(self, row: int, reason: str) -> None:
        super().__init__()
        self.message = _("{row}行目: {reason}").format(row=row, reason=reason)
        self.remedy = _("行を直して、もう一度取り込んでください。何も変わっていません。")


@dataclass
class Roster:
    """What is known of the organisation before the file is read."""

    names_by_id: dict[str, str]
    ids_by_email: dict[str, str]
    departments: dict[tuple[str, int | None], Department] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


def sign_in_id(organisation: Organisation, number: str) -> str:
    """Return the id for signing in of an organisation's 職員番号."""
    prefix = f"{organisation.code}-".lower()
    plain = normalise_username(number)
    return plain if plain.startswith(prefix) else prefix + plain


def prepare(actor: Actor, organisation: Organisation) -> Roster:
    """Read the organisation's people and departments once."""
    people = User.objects.filter(username__startswith=f"{organisation.code}-".lower())
    departments = list(Department.objects.owned_by(organisation))
    return Roster(
        names_by_id=dict(people.values_list("username", "name_ja")),
        ids_by_email=dict(User.objects.exclude(email="").values_list("email", "username")),
        departments={(department.name, department.parent_id): department for department in departments},
        codes={department.code for department in departments},
    )


def check_row(row: ImportRow, context: ImportContext) -> list[RowError]:
    """Return what is wrong in a row beyond its single cells."""
    found: list[tuple[str, Any, Any, Any]] = []
    start, end = row.values.get("valid_from"), row.values.get("last_day")
    email = normalise_email(row.values.get("email") or "")
    username = sign_in_id(context.organisation, row["number"])
    if row["role"] not in offered_roles(context.organisation):
        found.append(("role", row["role"], _("この団体にない役割です。"), _("ほかの役割にしてください。")))
    if start and end and end < start:
        found.append(("last_day", end, _("開始日より前です。"), _("日付を直してください。")))
    if email and context.data.ids_by_email.get(email, username) != username:
        found.append(("email", email, _("ほかの人が使っています。"), _("書き間違いを直してください。")))
    if row.values.get("section") and not row.values.get("division"):
        found.append(("division", "", _("課があるのに部がありません。"), _("部を書いてください。")))
    return [
        RowError(row.number, IMPORTER.column(key).title_ja, str(value), message, remedy)
        for key, value, message, remedy in found
    ]


def apply_rows(actor: Actor, rows: Iterable[ImportRow], context: ImportContext) -> ApplyResult:
    """Register or change one person per row; raise :class:`RosterRowRefused` for one that cannot be."""
    counts = {"created": 0, "updated": 0, "unchanged": 0}
    for row in rows:
        try:
            counts[_apply_row(actor, row, context)] += 1
        except MembershipError as error:
            raise RosterRowRefused(row.number, error.messages[0]) from error
    return ApplyResult(**counts)


def _apply_row(actor: Actor, row: ImportRow, context: ImportContext) -> str:
    organisation = context.organisation
    last_day = row.values.get("last_day")
    role: dict[str, Any] = {
        "role": row["role"],
        "department": _department(actor, row, context),
        "valid_from": row.values.get("valid_from") or today(),
        "valid_to": last_day + timedelta(days=1) if last_day else None,
    }
    username = sign_in_id(organisation, row["number"])
    person = Person(
        username, row["name"], name_kana=row.values.get("kana") or "", email=row.values.get("email") or ""
    )
    user = User.objects.filter(username=username).first()
    if user is None:
        invite_member(actor, organisation=organisation, person=person, **role)
        return "created"
    renamed = _rename(actor, user, organisation, person, context)
    return "updated" if _give(actor, user, organisation, role, row) or renamed else "unchanged"


def _rename(
    actor: Actor, user: User, organisation: Organisation, person: Person, context: ImportContext
) -> bool:
    """Save names and address where the file has other ones; tell whether it had."""
    kana = person.name_kana if "kana" in context.columns else user.name_kana
    email = normalise_email(person.email) if "email" in context.columns else user.email
    wanted = Person(user.username, person.name_ja.strip(), kana.strip(), user.name_en, email)
    if (wanted.name_ja, wanted.name_kana, wanted.email) == (user.name_ja, user.name_kana, user.email):
        return False
    edit_person(actor, user=user, organisation=organisation, person=wanted)
    return True


def _give(actor: Actor, user: User, organisation: Organisation, role: dict[str, Any], row: ImportRow) -> bool:
    """Give the role, or change the one that the person holds; tell whether anything changed."""
    held = list(Membership.objects.owned_by(organisation).filter(user=user).not_ended().order_by("pk"))
    same = [membership for membership in held if membership.role == role["role"]]
    if not held:
        grant_role(actor, person=user, organisation=organisation, **role)
        return True
    membership = (same or held)[0]
    if row.values.get("valid_from") is None:
        role["valid_from"] = membership.valid_from
    before = _state(membership)
    changed = change_membership(actor, membership=membership, **role)
    return _state(changed) != before


def _state(membership: Membership) -> tuple[str, int | None, date, date | None]:
    return membership.role, membership.department_id, membership.valid_from, membership.valid_to


def _department(actor: Actor, row: ImportRow, context: ImportContext) -> Department | None:
    """Return the row's department, adding those that are not known yet."""
    found: Department | None = None
    for name in filter(None, (row.values.get("division"), row.values.get("section"))):
        key = (name, found.pk if found else None)
        if key not in context.data.departments:
            context.data.departments[key] = save_department(
                actor,
                organisation=context.organisation,
                department=None,
                code=_free_code(context.data.codes),
                name=name,
                parent=found,
                valid_from=row.values.get("valid_from") or today(),
                valid_to=None,
            )
        found = context.data.departments[key]
    return found


def _free_code(taken: set[str]) -> str:
    """Take the next free department code of the form D001."""
    number = 1
    while f"D{number:03d}" in taken:
        number += 1
    taken.add(f"D{number:03d}")
    return f"D{number:03d}"


IMPORTER = Importer(
    code="organisations.members",
    title=_("職員名簿"),
    columns=COLUMNS,
    key_columns=("number",),
    prepare=prepare,
    check_row=check_row,
    apply=apply_rows,
    verb=Verb.ADMINISTER,
    lead=_("職員と所属と役割をまとめて登録します。"),
    done_url=lambda code: f"/organisations/{code}/members/",
)
