"""Make a draft of a paper from the record."""

from collections.abc import Callable
from io import BytesIO

from django.db.models import Max
from django.utils.translation import override

from yui.kernel.calendar_jp import now
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.storage import store_file
from yui.kernel.operations import operation
from yui.kernel.operations.saving import save_checked
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.scope.models import ScopedQuerySet
from yui.security.soc.engine.duties import TITLES, DutyCode
from yui.security.soc.formats.papers import (
    Paper,
    facts_sha256,
    paper_docx,
    paper_of,
    paper_pdf,
    paper_xlsx,
)
from yui.security.soc.models import Duty, DutyState, Incident, PaperDraft, PaperFormat
from yui.security.soc.operations.incidents import paper_settling
from yui.security.soc.operations.incidents.errors import FileNotKept, NoFontForPaper
from yui.security.soc.operations.incidents.locking import tell
from yui.security.soc.policies import may
from yui.security.soc.queries.incidents.moments import WHY
from yui.security.soc.queries.incidents.paper_facts import paper_facts

WRITERS: dict[PaperFormat, Callable[[Paper], bytes]] = {
    PaperFormat.PDF: paper_pdf,
    PaperFormat.DOCX: paper_docx,
    PaperFormat.XLSX: paper_xlsx,
}

DRAFTABLE = (DutyState.PENDING, DutyState.DRAFTED, DutyState.SENT, DutyState.RECEIVED)
"""The states in which a draft may be made: also of what was sent, for the file."""


def draft_paper(actor: Actor, *, duty: Duty, file_format: PaperFormat) -> PaperDraft:
    """Make a draft and keep it with the hash of its facts; the same facts give the draft that is there.

    The file is made before the transaction begins, which on SQLite holds up every other writer.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when the paper is not required.
        NoFontForPaper: when the machine cannot print Japanese.
        FileNotKept: when the disk is full.
    """
    ward = duty.incident.organisation
    if not may(actor, Verb.EDIT, ward):
        raise PermissionRefused(actor, Verb.EDIT)
    present = Incident.objects.owned_by(ward).select_related("organisation", "commander")
    with override("ja"):
        facts = paper_facts(present.get(pk=duty.incident_id), duty)
    digest = facts_sha256(facts)
    same: PaperDraft | None = _drafts_of(duty).filter(facts_sha256=digest, file_format=file_format).first()
    if same is not None:
        return same
    made_at = now()
    try:
        kept = store_file(BytesIO(WRITERS[file_format](paper_of(facts, made_at))))
    except NoJapaneseFont as error:
        raise NoFontForPaper from error
    except ExchangeError as error:
        raise FileNotKept(error.message) from error
    draft = PaperDraft(
        file_format=file_format,
        facts_sha256=digest,
        sha256=kept.sha256,
        size=kept.size,
        made_by_id=actor.user_id,
        made_at=made_at,
    )
    return enter_draft(actor, duty=duty, draft=draft)


@operation("soc.incident.draft_paper")
def enter_draft(actor: Actor, *, duty: Duty, draft: PaperDraft) -> PaperDraft:
    """Enter a draft whose file is kept as the paper's next version.

    Raises:
        PermissionRefused: when the actor may not edit for the ward.
        AlreadySettled: when the paper is not required.
    """
    incident, stored = paper_settling.paper_of(actor, duty, *DRAFTABLE)
    draft.duty = stored
    draft.version = (_drafts_of(stored).aggregate(last=Max("version"))["last"] or 0) + 1
    save_checked(draft)
    if stored.state == DutyState.PENDING:
        stored.state = DutyState.DRAFTED
    stored.drafted_at = draft.made_at
    stored.save()
    tell(
        actor,
        incident,
        "soc.incident.draft_paper",
        f"の「{TITLES[DutyCode(stored.code)].ja}」の下書きを作りました。",
        data={
            "paper": stored.code,
            "version": draft.version,
            "format": str(draft.file_format),
            "facts": draft.facts_sha256,
        },
    )
    return draft


def _drafts_of(duty: Duty) -> ScopedQuerySet:
    drafts: ScopedQuerySet = PaperDraft.objects.unscoped(WHY).filter(duty=duty)
    return drafts
