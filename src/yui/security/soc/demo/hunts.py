"""What the joint body's analysts ask again and again: saved hunts, and their counts of the last days."""

from collections.abc import Sequence
from datetime import timedelta

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Organisation
from yui.organisations.public import User, actor_of_user
from yui.security.soc.models import HuntSharing, HuntSpan, SavedHuntCount
from yui.security.soc.operations.hunting.facts import HuntFacts
from yui.security.soc.operations.hunting.save_hunt import save_hunt
from yui.security.soc.queries.hunting.daily import counted_for_owner

DAYS = 3
"""As many days as the demonstration stores events of."""
HUNTS = (
    HuntFacts(
        "エンコードした PowerShell",
        'EventID = 1 and Image endswith "powershell.exe" and CommandLine contains "-enc"'
        " | count by ward, host, user",
        span=HuntSpan.DAY,
        why="中身を隠した命令を探す。管理者の作業でなければ、その区の担当に確かめる。",
        sharing=HuntSharing.WARDS,
        is_daily=True,
    ),
    HuntFacts(
        "ログオンの失敗が多い利用者",
        "EventID = 4625 | count by ward, TargetUserName, IpAddress",
        span=HuntSpan.WEEK,
        why="総当たりのしるし。同じ送信元がほかの区にもないか見る。",
        sharing=HuntSharing.WARDS,
    ),
    HuntFacts(
        "めったに動かない親プロセス",
        "ParentImage exists | count by ParentImage",
        span=HuntSpan.WEEK,
        why="いちばん下の行から見る。初めて見る名前があれば、起動した端末を開く。",
        sharing=HuntSharing.ORGANISATION,
    ),
)


def make_hunts(body: Organisation, people: Sequence[User]) -> None:
    """Let the analysts save their hunts in turn; daily ones have counted the days that are stored."""
    for place, facts in enumerate(HUNTS):
        owner = people[place % len(people)]
        hunt = save_hunt(actor_of_user(owner), organisation=body, facts=facts)
        days = [today() - timedelta(days=back) for back in range(1, DAYS + 1)] if hunt.is_daily else []
        counts = [(day, counted_for_owner(hunt, day)) for day in days]
        SavedHuntCount.objects.bulk_create(
            SavedHuntCount(hunt=hunt, day=day, count=one.count, problem=one.problem[:300])
            for day, one in counts
            if one is not None
        )
