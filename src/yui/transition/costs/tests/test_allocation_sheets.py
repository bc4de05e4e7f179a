"""Residents and quantities come in by the common import, each row checked where it stands."""

import io

import pytest

from yui.kernel.exchange.operations import apply_run, preview_run, upload_file
from yui.kernel.policy import Actor
from yui.transition.costs.models import AllocatedCost, ResidentCount, UsageQuantity

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")


@pytest.fixture
def bring_in(lake):
    def run(importer, organisation, text, actor=SYSTEM):
        made = upload_file(
            actor,
            organisation=organisation,
            importer=importer,
            source=io.BytesIO(text.encode()),
            name="表.csv",
        )
        preview_run(actor, made.pk)
        made.refresh_from_db()
        if not made.rows_rejected:
            apply_run(actor, made.pk)
            made.refresh_from_db()
        return made

    return run


def test_a_joint_body_brings_in_the_residents_of_all_wards(
    bring_in, joint_bill, in_force, soc, minato, shinjuku
):
    in_force({minato: 1, shinjuku: 1}, method="population")
    assert not AllocatedCost.objects.unscoped("test").exists()
    bring_in("costs.residents", soc, '団体コード,基準日,人口\n131032,2026-01-01,300\n131041,2026/1/1,"100"\n')
    assert ResidentCount.objects.unscoped("test").count() == 2
    billed = AllocatedCost.objects.unscoped("test").order_by("organisation__code")
    assert [share.billed for share in billed] == ["751", "250"]


def test_a_changed_count_moves_the_shares(bring_in, joint_bill, in_force, soc, minato, shinjuku):
    in_force({minato: 1, shinjuku: 1}, method="population")
    for residents in (300, 100):
        text = f"団体コード,基準日,人口\n131032,2026-01-01,{residents}\n131041,2026-01-01,100\n"
        bring_in("costs.residents", soc, text)
    billed = AllocatedCost.objects.unscoped("test").order_by("organisation__code")
    assert [share.billed for share in billed] == ["501", "500"]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("131033,2026-01-01,5", "検査数字"),
        ("011002,2026-01-01,5", "Yui にない団体"),
        ("131041,2026-01-01,5", "別の団体"),
        ("131032,2026-01-01,0", "使えない数"),
        ("131032,いつか,5", ""),
    ],
)
def test_rows_of_residents_that_cannot_be_taken_say_why(bring_in, minato, shinjuku, row, text):
    made = bring_in("costs.residents", minato, f"団体コード,基準日,人口\n{row}\n")
    assert made.rows_rejected == 1
    assert text in str(made.errors)
    assert not ResidentCount.objects.unscoped("test").exists()


def test_quantities_come_in_with_their_names(bring_in, soc):
    text = "団体コード,月,使用量の名前,使用量\n131032,2026-05,利用者数,12.5\n131041,令和8年5月,利用者数,0\n"
    bring_in("costs.usage", soc, text)
    found = UsageQuantity.objects.unscoped("test").order_by("receiver__code")
    assert [(usage.month, usage.quantity) for usage in found] == [("2026-05", "12.5"), ("2026-05", "0")]
    assert bring_in("costs.usage", soc, text.replace("12.5", "-1")).rows_rejected == 1
