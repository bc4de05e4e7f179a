"""Plan the mentors' turns."""

from yui.kernel.calendar_jp import today
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, Visibility
from yui.people.commons.engine.turns import MOST_WEEKS, following_turns, monday_of
from yui.people.commons.errors_helping import WeeksOutOfRange
from yui.people.commons.models import MentorTurn
from yui.people.commons.policies import secretariat

KIND = "commons.turn"
_WHY = "a turn is planned after the last one of whatever ward"


@operation("commons.turns.plan")
def plan_turns(actor: Actor, *, weeks: int) -> list[MentorTurn]:
    """Plan so many further weeks, one ward each in official order, after the last planned one.

    Raises:
        PermissionRefused: for everybody but the secretariat.
        WeeksOutOfRange: for fewer than one week or more than a year.
    """
    office = secretariat()
    require(actor, Verb.EDIT, office)
    if not 1 <= weeks <= MOST_WEEKS:
        raise WeeksOutOfRange(MOST_WEEKS)
    # Held until the end, so that two presses at once do not plan the same weeks.
    Organisation.objects.select_for_update().get(pk=office.pk)
    wards = {ward.code: ward for ward in Organisation.objects.wards()}
    last = MentorTurn.objects.unscoped(_WHY).select_related("organisation").last()
    known = (last.starts_on, last.organisation.code) if last else None
    made = [
        MentorTurn.objects.create(organisation=wards[code], visibility=Visibility.WARDS, starts_on=monday)
        for monday, code in following_turns(list(wards), known, monday_of(today()), weeks)
    ]
    record(
        office,
        subject=urn(KIND, made[0].pk),
        summary=f"相談役の当番を{len(made)}週分計画しました。",
        data={"from": made[0].starts_on, "until": made[-1].starts_on},
        visibility=Visibility.WARDS,
    )
    return made
