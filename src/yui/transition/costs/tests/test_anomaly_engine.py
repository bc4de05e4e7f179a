"""What is injected into made-up series is found again, and little else."""

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from yui.kernel.calendar_jp import Month
from yui.transition.costs.engine.anomalies import (
    Finding,
    Place,
    Point,
    missing_exports,
    runs_of,
    without_repeats,
)
from yui.transition.costs.engine.anomaly_queries import DAILY, DAY, MONTH, MONTHLY, standing_out_query

APRIL = Month(2023, 4)
COLUMNS = ("provider", "account", "system_code", "service", "currency", "month", "day", "is_daily", "billed")


def found_in(rows, grain=MONTH, since="2025-04"):
    """Run the very SQL of the lake over rows of (account, system, period, amount)."""
    is_daily = grain == DAY
    told = [
        ("P", account, system, "s", "USD", period[:7], period, is_daily, float(amount))
        for account, system, period, amount in rows
    ]
    connection = duckdb.connect()
    connection.register("sums", pa.table(dict(zip(COLUMNS, map(list, zip(*told, strict=True)), strict=True))))
    query = standing_out_query("sums", grain, DAILY if is_daily else MONTHLY)
    answer = connection.execute(query, {"since": since}).fetchall()
    return runs_of([Point(Place(*row[:5]), *row[5:]) for row in answer], grain)


def months(values, account="a", system="S"):
    return [(account, system, str(APRIL.shift(step)), value) for step, value in enumerate(values)]


def days(values, account="a", system="S"):
    return [
        (account, system, f"2026-{4 + step // 30:02d}-{step % 30 + 1:02d}", value)
        for step, value in enumerate(values)
    ]


def noise(count, seed=1, part=0.03):
    return 1000 * (1 + part * np.random.default_rng(seed).normal(size=count))


def test_a_step_a_spike_and_nothing():
    step, spike = noise(36), noise(36, 2)
    step[30:] *= 1.6
    spike[31] *= 2
    found = found_in(
        [*months(step, system="A"), *months(spike, system="B"), *months(noise(36, 3), system="C")]
    )
    assert [(each.place.system, each.kind, each.period) for each in found] == [
        ("A", "step", "2025-10"),
        ("B", "spike", "2025-11"),
    ]
    assert found[0].expected == pytest.approx(1000, rel=0.05)
    assert found[0].actual == pytest.approx(1600, rel=0.1)


def test_what_happens_every_year_or_quarter_is_expected():
    yearly, quarterly = noise(36), np.zeros(36)
    yearly[11::12] *= 3
    quarterly[2::3] = 500
    assert found_in([*months(yearly, system="A"), *months(quarterly, system="B")]) == []


def test_steady_growth_is_nothing_unusual():
    assert found_in(months(noise(36) * 1.02 ** np.arange(36))) == []


def test_a_cost_that_appears_or_stops_is_a_step():
    appears, stops = np.zeros(36), noise(36)
    appears[30:], stops[32:] = 400, 0
    rows = [*months(appears, system="A"), *months(stops, system="B"), *months(noise(36, 4), system="C")]
    found = found_in([row for row in rows if row[3]])
    assert [(each.place.system, each.kind, each.period) for each in found] == [
        ("A", "step", "2025-10"),
        ("B", "step", "2025-12"),
    ]


def test_days_need_five_in_a_row_to_be_a_step():
    step, spike = noise(90), noise(90, 2)
    step[75:] *= 1.8
    spike[80:82] *= 3
    found = found_in([*days(step, system="A"), *days(spike, system="B")], DAY, since="2026-04-20")
    assert [(each.place.system, each.kind, each.period) for each in found] == [
        ("A", "step", "2026-06-16"),
        ("B", "spike", "2026-06-21"),
    ]
    assert found[1].last_period == "2026-06-22"


def test_precision_and_recall_on_injected_steps_and_spikes():
    """400 monthly series with growth, season and 4 % noise, a quarter each with a spike and with a step.

    Steps are of 1.5, 1.8 or 0.5, spikes of 1.8, 2.5 or 0.3 times the amount. Measured with this seed: see the
    limits, which lie just below what is reached.
    """
    rng = np.random.default_rng(5)
    rows, injected = [], {}
    for number in range(400):
        time = np.arange(36)
        values = rng.lognormal(6, 1) * (1 + 0.004 * time) * (1 + 0.08 * np.sin(time * np.pi / 6))
        values *= 1 + 0.04 * rng.normal(size=36)
        at = int(rng.integers(26, 34))
        if number % 4 == 1:
            values[at] *= rng.choice([1.8, 2.5, 0.3])
        elif number % 4 == 2:
            values[at:] *= rng.choice([1.5, 1.8, 0.5])
        if number % 4 in (1, 2):
            injected[f"S{number}"] = str(APRIL.shift(at))
        rows += months(values, f"a{number // 20}", f"S{number}")
    found = found_in(rows)
    right = {each.place.system for each in found if injected.get(each.place.system) == each.period}
    true = sum(each.place.system in injected for each in found)
    recall, precision = len(right) / len(injected), true / len(found)
    assert recall >= 0.93, recall
    assert precision >= 0.98, precision


def test_missing_exports_are_all_found_and_nothing_else():
    """60 accounts of 30 months; every third loses one month, every fifth stops two months before the end."""
    rng = np.random.default_rng(6)
    last = APRIL.index + 29
    billed, injected = {}, set()
    for number in range(60):
        place = Place("P", f"a{number}", "", "", "JPY")
        present = set(range(APRIL.index, last + 1))
        if number % 3 == 0:
            gap = int(rng.integers(APRIL.index + 20, last - 3))
            present.discard(gap)
            injected.add((place.account, gap, gap))
        if number % 5 == 0:
            present -= {last - 1, last}
            injected.add((place.account, last - 1, last))
        billed[place] = dict.fromkeys(present, 100.0)
    found = missing_exports(billed, last, APRIL.index + 18)
    told = {(place.account, first, end) for place, first, end, _expected in found}
    # An account that stops within six months of its gap is no steady one: it is not known to be late.
    wrong = told - injected
    assert not wrong
    assert len(told) >= 0.85 * len(injected)


def test_an_account_that_bills_by_the_quarter_is_not_missing():
    place = Place("P", "a", "", "", "JPY")
    assert missing_exports({place: dict.fromkeys(range(0, 36, 3), 1.0)}, 40, 20) == []


def finding(kind="spike", grain=MONTH, period="2026-05", last="2026-05", actual=2.0, place=None):
    place = place or Place("P", "a", "S", "s", "USD")
    return Finding(kind, grain, place, period, last, actual, 1.0, 0.1, 9.0)


def test_the_month_of_an_odd_day_is_not_told_twice():
    day = finding(grain=DAY, period="2026-05-30", last="2026-06-02")
    monthly = [finding(period=month) for month in ("2026-04", "2026-05", "2026-06")]
    other = finding(place=Place("P", "a", "S", "other", "USD"))
    assert without_repeats([day], [*monthly, other]) == [day, monthly[0], other]


def test_causes_are_shared_over_systems_and_accounts_but_not_over_directions():
    one, other = finding(), finding(place=Place("P", "b", "T", "s", "JPY"))
    assert one.cause == other.cause != finding(actual=0.5).cause
    assert one.fingerprint("131032") != other.fingerprint("131032") != other.fingerprint("131041")
    assert one.fingerprint("131032") == finding(kind="step", last="2026-07").fingerprint("131032")
    assert finding(kind="missing").fingerprint("131032") != one.fingerprint("131032")
