"""What is paid once, such as a migration, is neither written forward nor found odd."""

from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor
from yui.transition.costs.engine.forecast import ONE_OFF
from yui.transition.costs.engine.forecast_json import from_json
from yui.transition.costs.models import CostAnomaly
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.operations.forecast_costs import forecast_costs
from yui.transition.costs.queries.outlook import outlook_for

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
HEADING = "年度,団体コード,会計,款項目,節細節,契約番号,事業者,業務コード,経費区分,税込額,支払日,期間\n"
FIRST, LAST = Month(2025, 4), Month(2026, 8)


@pytest.fixture
def migrated(take_in, tmp_path):
    """A ledger with the same payment every month, and a migration paid once in June 2026."""

    def line(month, category, amount, vendor):
        year = month.fiscal_year.year
        return f"{year},131032,一般会計,総務費,委託料,,{vendor},jumin,{category},{amount},{month}-20,\n"

    months = Month.between(FIRST, LAST)
    lines = [line(month, "運用管理補助", 1000 + month.index % 2, "架空運用") for month in months]
    lines.append(line(Month(2026, 6), "移行経費(一時)", 900_000, "架空移行"))
    path = tmp_path / "ledger.csv"
    path.write_text(HEADING + "".join(lines), encoding="utf-8")
    return take_in(path)


def test_a_migration_is_counted_and_not_foreseen(migrated, minato):
    run = forecast_costs(SYSTEM, minato)
    (once,) = [each for each in map(from_json, run.series) if each.method == ONE_OFF]
    assert once.key.provider == "架空移行" and set(once.points.values()) == {Decimal(0)}
    found = outlook_for(SYSTEM)
    assert 900_000 + 12 * 1000 <= found.total <= 900_000 + 12 * 1001
    billed = {str(each.month): each.actual for each in found.months if each.actual}
    assert max(billed) == str(LAST) and billed["2026-06"] > 900_000


def test_a_migration_is_no_anomaly(migrated, minato):
    detect_anomalies(SYSTEM, minato)
    assert not CostAnomaly.objects.unscoped("test").exists()
