"""Rolling median and MAD over bill lines, as SQL for DuckDB.

Amounts stay in the currency of their bill, so an exchange rate that moves makes no anomaly. A series is one
service of one system in one billing account; a day or month in which its account has lines and the series has
none counts as zero. The middle of the periods before (median) is what is expected, their median absolute
deviation (MAD, times 1.4826 an estimate of the standard deviation: Rousseeuw and Croux, *Alternatives to the
Median Absolute Deviation*, 1993) what is usual.
"""

from dataclasses import dataclass

from yui.transition.costs.engine.roll_up import Rules

SCALE_OF_MAD = 1.4826
SERIES = "provider, account, system_code, service, currency"
DAY, MONTH = "day", "month"


@dataclass(frozen=True)
class Sensitivity:
    """When a period stands out.

    Attributes:
        recent: the expected amount is the median of so many periods before it; a short stretch, because the
            median of a long one lags behind what grows.
        window: how many periods before it tell what is usual (MAD).
        least: how many of them there must be.
        score: the least distance from the median, in usual deviations.
        change: the least distance as a part of the median.
        share: the least distance as a part of the account's amount in the period.
        repeats: lags at which the same amount (within a tenth) makes it expected, as yearly bills do.
        steps: how many periods in a row make a step instead of a spike.
    """

    recent: int
    window: int
    least: int
    score: float = 5.0
    change: float = 0.25
    share: float = 0.002
    repeats: tuple[int, ...] = ()
    steps: int = 2


MONTHLY = Sensitivity(recent=6, window=12, least=6, score=3.5, change=0.3, repeats=(3, 6, 12), steps=2)
DAILY = Sensitivity(recent=14, window=28, least=14, score=6.0, repeats=(7, 14), steps=5)
ALIKE = 0.1
DEVIATION_FLOOR = 0.02
ACCOUNT_FLOOR = 0.001


def charges_query(rules: Rules) -> str:
    """Return SQL over ``{lake}`` for the lines as the detection sees them, days in Tokyo.

    Lines of the categories ``$one_off`` come once by their nature, and are left out.
    """
    return (
        "SELECT coalesce(x_provider, '') AS provider, coalesce(x_part, '') AS account, "  # noqa: S608
        f"{rules.system()} AS system_code, "
        "coalesce(ServiceName, '') AS service, BillingCurrency AS currency, line.month AS month, "
        "strftime(ChargePeriodStart + INTERVAL 9 HOUR, '%Y-%m-%d') AS day, "
        "ChargeCategory = 'Usage' AND ChargePeriodEnd - ChargePeriodStart <= INTERVAL 1 DAY AS is_daily, "
        f"CAST(BilledCost AS DOUBLE) AS billed FROM {{lake}} AS line {rules.joins()} "
        "WHERE coalesce(x_cost_category, 'other') NOT IN (SELECT unnest($one_off::VARCHAR[]))"
    )


def sums_query(rules: Rules) -> str:
    """Return SQL over ``{lake}`` for what the search looks at: sums by series, month and day."""
    return (
        f"SELECT {SERIES}, month, CASE WHEN is_daily THEN day END AS day, "  # noqa: S608
        "coalesce(is_daily, false) AS is_daily, sum(billed) AS billed "
        f"FROM ({charges_query(rules)}) GROUP BY ALL"
    )


def standing_out_query(charges: str, grain: str, by: Sensitivity) -> str:
    """Return SQL for the periods that stand out, series by series in the order of time.

    ``charges`` names a relation with the columns of ``sums_query``.

    Columns: the series, period, place (1 is the account's first period), amount, expected, deviation, score.
    ``$since`` is the first period to report.
    """
    only = "WHERE is_daily" if grain == DAY else ""
    lags = "".join(f", lag(amount, {lag}) OVER series AS before_{lag}" for lag in by.repeats)
    is_repeat = " OR ".join(
        f"coalesce(abs(amount - before_{lag}) <= {ALIKE} * abs(amount), false)" for lag in by.repeats
    )
    return (
        f"WITH sums AS (SELECT {SERIES}, {grain} AS period, sum(billed) AS amount FROM {charges} {only} "  # noqa: S608
        "GROUP BY ALL), "
        "calendar AS (SELECT DISTINCT provider, account, period FROM sums), "
        f"names AS (SELECT DISTINCT {SERIES} FROM sums), "
        f"dense AS (SELECT {SERIES}, period, coalesce(amount, 0) AS amount FROM calendar "
        f"JOIN names USING (provider, account) LEFT JOIN sums USING ({SERIES}, period)), "
        "looked AS (SELECT *, median(amount) OVER recent AS expected, mad(amount) OVER past AS deviation, "
        "count(*) OVER past AS seen, row_number() OVER series AS place, "
        "sum(abs(amount)) OVER (PARTITION BY provider, account, currency, period) AS of_account"
        f"{lags} FROM dense WINDOW series AS (PARTITION BY {SERIES} ORDER BY period), "
        f"recent AS (PARTITION BY {SERIES} ORDER BY period "
        f"ROWS BETWEEN {by.recent} PRECEDING AND 1 PRECEDING), "
        f"past AS (PARTITION BY {SERIES} ORDER BY period "
        f"ROWS BETWEEN {by.window} PRECEDING AND 1 PRECEDING)), "
        f"scored AS (SELECT *, (amount - expected) / greatest({SCALE_OF_MAD} * deviation, "
        f"{DEVIATION_FLOOR} * abs(expected), {ACCOUNT_FLOOR} * of_account, 1e-9) AS score "
        f"FROM looked WHERE seen >= {by.least}) "
        f"SELECT {SERIES}, period, place, amount, expected, {SCALE_OF_MAD} * deviation, score FROM scored "
        f"WHERE abs(score) >= {by.score} AND abs(amount - expected) >= {by.change} * abs(expected) "
        f"AND abs(amount - expected) >= {by.share} * of_account AND NOT (amount <> 0 AND ({is_repeat})) "
        f"AND period >= $since ORDER BY {SERIES}, period"
    )


def accounts_query(charges: str) -> str:
    """Return SQL for what each billing account was billed in each month, by currency."""
    return (
        f"SELECT provider, account, currency, month, sum(billed) FROM {charges} "  # noqa: S608
        "GROUP BY ALL ORDER BY ALL"
    )
