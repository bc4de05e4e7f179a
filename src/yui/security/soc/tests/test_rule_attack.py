"""The ATT&CK table: every technique has its tactics, every sub-technique its parent."""

from yui.security.soc.engine.attack import TACTICS, parent_of, technique, techniques
from yui.security.soc.engine.attack.matrix import SUCCESSORS, _table
from yui.security.soc.formats.rule_archives import read_rule_path
from yui.security.soc.formats.rule_documents import read_documents


def test_the_table_hangs_together():
    codes = {tactic.code for tactic in TACTICS}
    assert len(TACTICS) == len(codes) == 15
    assert all(set(one.tactics) <= codes for one in techniques())
    parents = {one.identifier for one in techniques()}
    assert all(one.partition(".")[0] in parents for one in _table())
    assert {parent_of(one) for one in SUCCESSORS} <= parents
    assert {tactic for one in techniques() for tactic in one.tactics} == codes


def test_withdrawn_ids_lead_to_their_successors():
    assert technique("t1562.001").name == "Disable or Modify Tools"
    assert parent_of("T1070.001") == "T1685"
    assert technique("T9999") is None


def test_every_technique_of_the_sigma_collection_is_known(shared_data):
    files = read_rule_path(shared_data / "soc" / "sigma" / "rules.tar.gz")
    used = {name for facts in read_documents(files.texts) for name in facts.techniques}
    assert len(used) > 300
    assert {name for name in used if technique(name) is None} == set()
