"""What goes into the joint correlator and what comes out; how it is set."""

from dataclasses import dataclass, field, fields
from typing import NamedTuple

from yui.security.soc.engine.joint.keys import Key, KeyKind
from yui.security.soc.engine.joint.surprise import Prior

DAY_US = 86_400_000_000
LEVELS = ("informational", "low", "medium", "high", "critical")
# Severity as prior odds, in powers of ten: a critical rule needs a tenth of the surprise.
WEIGHTS = (-2.0, -1.0, 0.0, 0.5, 1.0)


class AlertKeys(NamedTuple):
    """One alert of one ward, as far as other wards' alerts are compared with it."""

    ward: str
    time_us: int
    alert_id: str
    keys: tuple[Key, ...]
    level: str


class JointAlertFact(NamedTuple):
    """The same key in several wards, more than chance explains. For the joint SOC: it names the wards.

    Attributes:
        identifier: the same through the whole episode of a key; a later fact replaces the earlier one.
        revision: 1 for the first fact of an episode.
        time_us: the event time at which it was decided.
        first_us: the key's first alert in this episode; last_us its newest.
        wards: wards in which the key showed within the window, in order of their codes.
        alert_ids: the newest alerts of each of these wards.
        alerts: alerts with this key in these wards since ``first_us``.
        score: surprise plus the weight of the level; the alert fires from ``JointConfig.threshold`` on.
        expected: how many such coincidences a window of this length has by chance.
        usual: chance per ward and day that the key shows, from the days before.
        history_days: days of history behind ``usual``.
    """

    identifier: str
    revision: int
    key: Key
    level: str
    time_us: int
    first_us: int
    last_us: int
    window_us: int
    wards: tuple[str, ...]
    alert_ids: tuple[str, ...]
    alerts: int
    score: float
    expected: float
    usual: float
    history_days: int


@dataclass(frozen=True)
class JointConfig:
    """How a joint correlator weighs.

    Attributes:
        wards: codes of the wards taking part; at most 62.
        lateness_us: how much later than newer alerts of any ward an alert may come and still count.
        windows_us: lengths of the windows looked at, the longest last.
        memory_days: days of history kept for each key.
        threshold: score from which a joint alert fires; 3 means once in a thousand windows by chance.
        strength: days of weight that all wards together have on one ward's usual share.
        settling_days: days of history before kinds that show everywhere every day are judged at all.
        settling_kinds: these kinds.
        priors: what is thought of a key never seen, by kind.
        most_keys: keys remembered; one ward may bring a tenth of them. More are refused and counted.
        future_us: how far past the clock a time may lie, where a clock is given.
    """

    wards: tuple[str, ...]
    lateness_us: int = 60_000_000
    windows_us: tuple[int, ...] = (DAY_US, 7 * DAY_US)
    memory_days: int = 30
    threshold: float = 3.0
    strength: float = 5.0
    settling_days: int = 3
    settling_kinds: frozenset[KeyKind] = frozenset(
        {KeyKind.RULE, KeyKind.TECHNIQUE, KeyKind.FILE, KeyKind.DOMAIN}
    )
    priors: dict[KeyKind, Prior] = field(
        default_factory=lambda: {
            KeyKind.IP: Prior(0.02, 2.0),
            KeyKind.DOMAIN: Prior(0.02, 2.0),
            KeyKind.URL: Prior(0.01, 2.0),
            KeyKind.HASH: Prior(0.01, 2.0),
            KeyKind.FILE: Prior(0.1, 1.0),
            KeyKind.RULE: Prior(0.2, 1.0),
            KeyKind.TECHNIQUE: Prior(0.5, 1.0),
        }
    )
    most_keys: int = 200_000
    future_us: int = 600_000_000

    def __post_init__(self) -> None:
        if not 2 <= len(set(self.wards)) == len(self.wards) <= 62:
            raise ValueError(
                "参加する区は2以上62以下で、重複なく指定してください。 "
                "Name between 2 and 62 wards, each once."
            )
        if not 1 <= self.memory_days <= 255:
            raise ValueError(
                "memory_days は1以上255以下にしてください。 memory_days must be between 1 and 255."
            )
        if (
            not self.windows_us
            or list(self.windows_us) != sorted(set(self.windows_us))
            or self.lateness_us < 0
        ):
            raise ValueError(
                "windows_us は短い順に1つ以上、lateness_us は0以上にしてください。 "
                "Give at least one window, the shortest first, and a lateness that is not negative."
            )


@dataclass
class JointCounts:
    """What became of the alerts given.

    alerts = late + future + unknown_ward + keyless + duplicates + taken + those waiting.

    Attributes:
        alerts: alerts given.
        late: came beyond the declared lateness.
        future: later than the clock allows.
        unknown_ward: of a ward that takes no part.
        keyless: without any key.
        duplicates: the same alert again.
        taken: weighed.
        refused_keys: keys not remembered because there were too many.
        facts: facts that came out.
    """

    alerts: int = 0
    late: int = 0
    future: int = 0
    unknown_ward: int = 0
    keyless: int = 0
    duplicates: int = 0
    taken: int = 0
    refused_keys: int = 0
    facts: int = 0

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def level_rank(level: str) -> int:
    """Return the place of a severity; an unknown one counts as medium."""
    return LEVELS.index(level) if level in LEVELS else 2
