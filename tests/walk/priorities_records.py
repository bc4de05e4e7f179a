"""A set of options that only its ward sees, scored, with the ward's weights."""

from decimal import Decimal

from yui.governance.priorities.facts import EvidenceFacts, OptionFacts, ScoreFacts, SetFacts
from yui.governance.priorities.models import Criterion
from yui.governance.priorities.operations import (
    begin_deliberation,
    make_set,
    save_option,
    score_option,
    set_weights,
)
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

ADDRESSES = {
    "api:get_priorities.set_id": "priorities",
    "priorities:criterion-edit.pk": "priorities",
    "priorities:option-edit.pk": "priorities",
    "priorities:option-new.pk": "priorities",
    "priorities:result.pk": "priorities",
    "priorities:result-file.pk": "priorities",
    "priorities:rounds.pk": "priorities",
    "priorities:score.pk": "priorities",
    "priorities:scores.pk": "priorities",
    "priorities:weights.pk": "priorities",
}
"""Parameters of addresses that name a record, with the key of the record."""
OTHERS = {
    "priorities:criterion-edit.criterion": "speed",
    "priorities:option-edit.option": "1",
    "priorities:result-file.file_format": "xlsx",
    "priorities:score.criterion": "speed",
    "priorities:score.option": "1",
}
"""Parameters that name no record, with their values."""


def make_priorities_records(ward: Organisation, secret: str, actor: Actor) -> dict[str, int | str]:
    """Make a set under deliberation whose every text holds the secret."""
    facts = SetFacts("own", f"{secret}の検討", f"{secret}の目的", visibility="own")
    made = make_set(actor, organisation=ward, facts=facts)
    criteria = list(Criterion.objects.owned_by(ward).filter(priority_set=made))
    score = ScoreFacts(
        Decimal(3), Decimal("0.5"), f"{secret}の理由", (EvidenceFacts("report", f"{secret}の根拠", secret),)
    )
    for code in ("1", "2"):
        facts_of = OptionFacts(code, f"{secret}案{code}", secret)
        option = save_option(actor, priority_set=made, facts=facts_of)
        for each in criteria:
            if not each.is_derived:
                score_option(actor, priority_set=made, option=option, criterion=each, facts=score)
    begin_deliberation(actor, priority_set=made)
    parts = {each.code: Decimal(20) for each in criteria}
    set_weights(actor, priority_set=made, ward=ward, parts=parts, note=f"{secret}の考え")
    return {"priorities": made.pk}
