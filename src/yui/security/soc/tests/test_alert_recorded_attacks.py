"""Recorded attacks (OTRF): their alerts become few candidates, none split, none mixed with another."""

import pytest

from yui.security.soc.detecting import Tally, detect_in_files, read_rule_set
from yui.security.soc.engine.ocsf import ocsf_columns
from yui.security.soc.engine.triage.grouping import gather, group_key, subject_of
from yui.security.soc.engine.triage.incidents import Clue, processes_of, suggest_incidents
from yui.security.soc.processing.detecting import moment

ATTACKS = (
    "windows/credential_access/host/empire_mimikatz_logonpasswords",
    "windows/defense_evasion/host/psh_mshta_html_application_execution",
    "windows/execution/host/empire_launcher_vbs",
    "windows/lateral_movement/host/schtask_create",
    "windows/persistence/host/empire_schtasks_creation_standard_user",
)


@pytest.fixture(scope="module")
def found(shared_data, tmp_path_factory):
    """The alerts of each attack, as the SigmaHQ rules raise them."""
    rules = read_rule_set([shared_data / "soc" / "sigma" / "rules.tar.gz"])
    folder = shared_data / "soc" / "otrf" / "atomic"
    return {
        attack: list(detect_in_files([folder / f"{attack}.zip"], rules, Tally(), lambda _refused: None))
        for attack in ATTACKS
    }


def grouped(found):
    """Return the groups that the queue would hold, and the attacks that each holds alerts of."""
    labelled = [
        (alert, ocsf_columns(alert.record), attack) for attack, some in found.items() for alert in some
    ]
    keys = [
        (
            group_key(alert.rule_id, subject_of(columns.host or "", columns.user or "", alert.record.fields)),
            moment(alert.record.time),
        )
        for alert, columns, _attack in labelled
    ]
    clues, attacks = [], []
    for number, group in enumerate(gather(keys, [])):
        members = [labelled[position] for position in group.added]
        processes = frozenset().union(*(processes_of(alert.record.fields) for alert, _c, _a in members))
        user = next((columns.user for _alert, columns, _a in members if columns.user), "")
        host = members[0][1].host or ""
        clues.append(
            Clue(number, "131032", group.first, group.last, host=host, user=user, processes=processes)
        )
        attacks.append({attack for _alert, _columns, attack in members})
    return clues, attacks


def test_each_attack_is_one_candidate_and_none_is_mixed_with_another(found):
    assert all(len(some) >= 4 for some in found.values())
    clues, attacks = grouped(found)
    candidates = suggest_incidents(clues)
    shown = [set().union(*(attacks[number] for number in each.groups)) for each in candidates]
    assert sorted(map(sorted, shown)) == sorted([attack] for attack in ATTACKS)
    joined = sum(len(each.groups) for each in candidates)
    assert joined >= 0.9 * len(clues), f"{joined} of {len(clues)} groups"
