"""One record of every kind for one ward, each with the ward's secret text in its name."""

import io
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.walk.challenges_records import make_challenges_records
from tests.walk.commons_records import make_commons_records
from tests.walk.cost_records import make_cost_records
from tests.walk.practices_records import make_practice_records
from tests.walk.priorities_records import make_priorities_records
from tests.walk.proposal_records import make_proposal_records
from tests.walk.reports_records import make_reports_records
from tests.walk.soc_records import make_soc_records
from tests.walk.statistics_records import make_statistics_records
from yui.kernel.calendar_jp import TOKYO, now
from yui.kernel.exchange.operations import preview_run, upload_file
from yui.kernel.notices.models import Notice, NoticeWebhook
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.operations.save_view import save_view
from yui.kernel.tasks.operations import enqueue
from yui.organisations.actors import actor_of
from yui.organisations.models import User
from yui.organisations.operations.invite_member import Person, invite_member
from yui.organisations.operations.save_department import save_department
from yui.organisations.operations.save_provider import ProviderFields, save_provider
from yui.registry.facts import ChangeFacts, ContractFacts, LinkFacts, OutageFacts, SystemFacts, WindowFacts
from yui.registry.models import InformationSystem, StandardBusinessArea
from yui.registry.operations import (
    add_contract,
    link_systems,
    open_outage,
    plan_maintenance,
    record_migration_step,
    register_system,
    register_vendor,
    request_change,
)

STARTED = datetime(2026, 5, 11, 9, 0, tzinfo=TOKYO)


@dataclass
class WardRecords:
    """What was made for a ward: ``keys`` holds a record's key by the kind of record."""

    ward: Organisation
    secret: str
    keys: dict[str, int | str] = field(default_factory=dict)


def make_records(ward: Organisation, secret: str, officer: User, actor: Actor, folder: Path) -> WardRecords:
    """Make one record of every kind for ``ward``, seen by the ward alone, through the rooms' operations.

    Two names hold no secret: the vendor's, since all wards share the list of vendors, and that of the
    sign-in service, since the sign-in page offers it to everybody.
    """
    made = WardRecords(ward, secret)
    _make_people(made, actor)
    systems = _make_systems(made, actor)
    _make_operation(made, systems[0], actor)
    made.keys |= make_cost_records(ward, secret, officer, actor, folder)
    made.keys |= make_soc_records(ward, secret, officer, actor)
    made.keys |= make_commons_records(ward, secret, officer)
    made.keys |= make_practice_records(ward, secret, officer, actor)
    made.keys |= make_proposal_records(ward, secret, officer, actor)
    made.keys |= make_priorities_records(ward, secret, actor)
    made.keys |= make_statistics_records(ward, secret, actor)
    made.keys |= make_challenges_records(ward, secret, actor)
    made.keys |= make_reports_records(ward, secret, actor)
    _make_files_and_work(made, officer, actor)
    _make_notices(made, officer)
    return made


def _make_people(made: WardRecords, actor: Actor) -> None:
    """Make a department, a colleague in it and a sign-in service."""
    code, secret = made.ward.code, made.secret
    department = save_department(
        actor,
        organisation=made.ward,
        department=None,
        code="D-1",
        name=f"{secret}課",
        parent=None,
        valid_from=date(2020, 4, 1),
        valid_to=None,
    )
    membership = invite_member(
        actor,
        organisation=made.ward,
        person=Person(f"colleague-{code}", f"{secret}職員", email=f"colleague@{code}.example"),
        role="viewer",
        department=department,
        valid_from=date(2020, 4, 1),
    )
    fields = ProviderFields(
        slug=f"idp-{code}",
        name=f"架空認証{code}",
        issuer="https://127.0.0.1:1",
        client_id=f"client-{code}",
        email_domains=[f"{code}.example"],
        is_enabled=True,
        creates_members=False,
        default_role="viewer",
    )
    provider = save_provider(actor, organisation=made.ward, provider=None, fields=fields, secret="x" * 20)
    made.keys |= {"department": department.pk, "user": membership.user_id, "membership": membership.pk}
    made.keys["provider"] = provider.pk


def _make_systems(made: WardRecords, actor: Actor) -> list[InformationSystem]:
    """Make two systems that exchange data, a vendor, a contract and a step of a migration."""
    ward, secret = made.ward, made.secret
    vendor = register_vendor(actor, organisation=ward, name=f"架空ベンダー{ward.code}")
    systems = [
        register_system(
            actor,
            organisation=ward,
            facts=SystemFacts(
                code=f"S-{number}",
                name=f"{secret}システム{number}",
                category="internal",
                hosting="on_premises",
                network_zone="lgwan",
                purpose=f"{secret}の目的",
                vendor=vendor,
                started_on=date(2020, 4, 1),
            ),
        )
        for number in (1, 2)
    ]
    link = link_systems(
        actor,
        facts=LinkFacts(
            source=systems[0], target=systems[1], medium="file", frequency="daily", data=f"{secret}データ"
        ),
    )
    contract = add_contract(
        actor,
        organisation=ward,
        facts=ContractFacts(
            number=f"{secret}-R8",
            title=f"{secret}契約",
            kind="maintenance",
            vendor=vendor,
            starts_on=date(2026, 4, 1),
            ends_on=date(2027, 3, 31),
            total_yen=12_000_000,
            annual_yen=12_000_000,
            systems=frozenset(systems),
        ),
    )
    area = StandardBusinessArea.objects.order_by("code").first()
    record_migration_step(
        actor, organisation=ward, area=area, state="conformity", planned_on=date(2026, 12, 1)
    )
    made.keys |= {"system": systems[0].pk, "link": link.pk, "contract": contract.pk}
    return systems


def _make_operation(made: WardRecords, system: InformationSystem, actor: Actor) -> None:
    """Make an outage, a change request and a maintenance window to come."""
    secret = made.secret
    outage = open_outage(
        actor,
        system=system,
        facts=OutageFacts(
            title=f"{secret}障害", started_at=STARTED, severity="full", cause=f"{secret}の原因"
        ),
    )
    change = request_change(
        actor, system=system, facts=ChangeFacts(title=f"{secret}変更", risk="low", description=secret)
    )
    start = now() + timedelta(days=3)
    window = plan_maintenance(
        actor,
        system=system,
        facts=WindowFacts(title=f"{secret}保守", starts_at=start, ends_at=start + timedelta(hours=2)),
    )
    made.keys |= {"outage": outage.pk, "change": change.pk, "maintenance": window.pk}


def _make_files_and_work(made: WardRecords, officer: User, actor: Actor) -> None:
    """Make an import with an error in it, a job, and a view that the officer shares with colleagues."""
    head = "システムコード,システム名,区分,設置場所,ネットワーク"
    table = f"{head}\nS-9,{made.secret}取込,知らない,庁内,LGWAN接続系\n"
    run = upload_file(
        actor,
        organisation=made.ward,
        importer="registry.systems",
        source=io.BytesIO(table.encode()),
        name=f"{made.secret}台帳.csv",
    )
    preview_run(actor, run.pk)
    job = enqueue(actor, made.ward, "exchange.preview", job_title=f"{made.secret}処理", import_run=run.pk)
    view = save_view(
        actor_of(officer),
        organisation=made.ward,
        table_code="registry.systems",
        path="/systems/",
        query="",
        name=f"{made.secret}表示",
        shared=True,
    )
    made.keys |= {"run": run.pk, "job": job.pk, "view": view.pk}


def _make_notices(made: WardRecords, officer: User) -> None:
    """Make a notice to the officer, and a channel of the ward; which kinds there are is the rooms' to say."""
    notice = Notice.objects.create(
        user=officer,
        organisation=made.ward,
        kind="test.walk",
        title=f"{made.secret}の通知",
        body=f"{made.secret}の内容",
        url="/about/",
        created_at=now(),
    )
    webhook = NoticeWebhook.objects.create(
        organisation=made.ward,
        title=f"{made.secret}のチャンネル",
        url=f"https://127.0.0.1:1/{made.secret}",
        format="slack",
        kinds=["test.walk"],
    )
    made.keys |= {"notice": notice.pk, "notice_webhook": webhook.pk}
