"""Make a draft of a paper from the record."""

from collections.abc import Callable
from io import BytesIO

from django.db.models import Max
from django.utils.translation import override

from yui.kernel.calendar_jp import now
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.storage import store_file
from yui.kernel.operations import operation, record_nothing
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.formats.papers import (
    Paper,
    facts_sha256,
    paper_docx,
    paper_of,
    paper_pdf,
    paper_xlsx,
)
from yui.security.soc.models import Duty, DutyState, PaperDraft, PaperFormat
from yui.security.soc.operations.incidents import paper_settling
from yui.security.soc.operations.incidents.errors import FileNotKept, NoFontForPaper
from yui.security.soc.operations.incidents.locking import save_checked, tell
from yui.security.soc.queries.incidents.moments import WHY
from yui.security.soc.queries.incidents.paper_facts import paper_facts

WRITERS: dict[PaperFormat, Callable[[Paper], bytes]] = {
    PaperFormat.PDF: paper_pdf,
    PaperFormat.DOCX: paper_docx,
    PaperFormat.XLSX: paper_xlsx,
}


@operation("soc.incident.draft_paper")
def draft_paper(actor: Actor, *, duty: Duty, file_format: PaperFormat) -> PaperDraft:
    """Make a draft and keep it with the hash of its facts; the same facts give the draft that is there.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when the paper is not required.
        NoFontForPaper: when the machine cannot print Japanese.
        FileNotKept: when the disk is full.
    """
    states = (DutyState.PENDING, DutyState.DRAFTED, DutyState.SENT, DutyState.RECEIVED)
    incident, stored = paper_settling.paper_of(actor, duty, *states)
    with override("ja"):
        facts = paper_facts(incident, stored)
    digest = facts_sha256(facts)
    own = PaperDraft.objects.unscoped(WHY).filter(duty=stored)
    same: PaperDraft | None = own.filter(facts_sha256=digest, file_format=file_format).first()
    if same is not None:
        record_nothing("the record says the same as when this draft was made")
        return same
    made_at = now()
    try:
        kept = store_file(BytesIO(WRITERS[file_format](paper_of(facts, made_at))))
    except NoJapaneseFont as error:
        raise NoFontForPaper from error
    except ExchangeError as error:
        raise FileNotKept(error.message) from error
    draft = PaperDraft(
        duty=stored,
        version=(own.aggregate(last=Max("version"))["last"] or 0) + 1,
        file_format=file_format,
        facts_sha256=digest,
        sha256=kept.sha256,
        size=kept.size,
        made_by_id=actor.user_id,
        made_at=made_at,
    )
    save_checked(draft)
    if stored.state == DutyState.PENDING:
        stored.state = DutyState.DRAFTED
    stored.drafted_at = made_at
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.draft_paper",
        f"の「{TITLES[DutyCode(stored.code)].ja}」の下書きを作りました。",
        data={"paper": stored.code, "version": draft.version, "format": file_format.value, "facts": digest},
    )
    return draft
