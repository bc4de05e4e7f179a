"""One practice of every kind for a ward: a draft of its own, and what a third ward shares with it alone."""

import io
from base64 import b64decode
from datetime import timedelta

from yui.kernel.attachments.keeping import keep_upload
from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.actors import actor_of
from yui.organisations.models import User
from yui.people.practices.models import FilePurpose, Practice, PracticeVersion, Verdict
from yui.people.practices.operations.adoptions import begin_adoption
from yui.people.practices.operations.practices import (
    add_file,
    decide_review,
    draft_practice,
    submit_practice,
    take_review,
)
from yui.people.practices.operations.practices.facts import HeaderFacts, WordingFacts

PIXEL = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
THIRD_WARD = "131016"
ADDRESSES = {
    "api:get_practice.practice_id": "practice",
    "practices:adoption.pk": "practice_adoption",
    "practices:adoption-changes.pk": "practice_adoption",
    "practices:adoption-effect.pk": "practice_adoption",
    "practices:adoption-step.pk": "practice_adoption",
    "practices:practice.pk": "practice",
    "practices:practice-correct.pk": "practice",
    "practices:practice-describe.pk": "practice",
    "practices:practice-edit.pk": "practice",
    "practices:practice-file.pk": "practice_file",
    "practices:practice-file-remove.pk": "practice_file",
    "practices:practice-files.pk": "practice",
    "practices:practice-history.pk": "practice",
    "practices:practice-image.pk": "practice_file",
    "practices:practice-reviews.pk": "practice",
    "practices:practice-spread.pk": "practice",
    "practices:practice-step.pk": "practice",
    "practices:practice-version.key": "practice_version",
    "practices:practice-version.pk": "practice",
    "practices:practice-versions.pk": "practice",
    "practices:practice-withdraw.pk": "practice",
    "practices:review.pk": "practice_review",
    "practices:review-take.pk": "practice",
}
"""Parameters of addresses that name a record, with the key of the record."""


def make_practice_records(
    ward: Organisation, secret: str, officer: User, actor: Actor
) -> dict[str, int | str]:
    """Make a draft with a file, a review that the officer has taken up, and an adoption that he leads."""
    practice = draft_practice(
        actor, organisation=ward, wording=_wording(secret), header=HeaderFacts(contact=secret)
    )
    kept = keep_upload(io.BytesIO(PIXEL), name=f"{secret}図.png")
    file = add_file(actor, practice=practice, kept=kept, purpose=FilePurpose.FORM)
    version = PracticeVersion.objects.owned_by(ward).get(practice=practice)
    reader = actor_of(officer)
    review = take_review(reader, practice=_shared(ward, f"{secret}査読", actor))
    published = _shared(ward, f"{secret}導入", actor)
    decide_review(
        reader,
        review=take_review(reader, practice=published),
        verdict=Verdict.PUBLISH,
        comment=f"{secret}の意見",
    )
    published.refresh_from_db()
    adoption = begin_adoption(reader, practice=published, ward=ward, note=f"{secret}の理由")
    return {
        "practice": practice.pk,
        "practice_version": version.pk,
        "practice_file": file.pk,
        "practice_review": review.pk,
        "practice_adoption": adoption.pk,
    }


def _wording(secret: str) -> WordingFacts:
    words = {name: f"{secret}の{name}" for name in ("problem", "approach", "effect_note", "preconditions")}
    return WordingFacts(title=f"{secret}の事例", reuse_steps="手順", pitfalls="注意", **words)


def _shared(ward: Organisation, secret: str, actor: Actor) -> Practice:
    """Return a practice of a third ward that waits for a reader, shown to ``ward`` alone."""
    header = HeaderFacts(
        contact="架空課",
        audience="participants",
        participants=frozenset({ward}),
        expires_on=today() + timedelta(days=400),
    )
    practice = draft_practice(
        actor,
        organisation=Organisation.objects.get(code=THIRD_WARD),
        wording=_wording(secret),
        header=header,
    )
    submit_practice(actor, practice=practice)
    practice.refresh_from_db()
    return practice
