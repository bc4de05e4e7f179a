"""Creates an organisation: a joint body, or a municipality that joins."""

from django.core.exceptions import ValidationError

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.organisations.errors import CheckDigitWrong, CodeTaken
from yui.organisations.official_codes import is_valid_code
from yui.organisations.policies import secretariat


@operation("organisations.organisation.create")
def create_organisation(
    actor: Actor, *, code: str, kind: str, name_ja: str, name_en: str, name_kana: str
) -> Organisation:
    """Create an organisation; only administrators of the 事務局 may.

    Raises:
        CodeTaken: when the code exists.
        CheckDigitWrong: when a municipality's code does not fit its check digit.
        ValidationError: when a field is not valid.
    """
    organisation = Organisation(
        code=code, kind=kind, name_ja=name_ja, name_en=name_en, name_kana=name_kana, sort_order=200
    )
    require(actor, Verb.ADMINISTER, secretariat() or organisation)
    if Organisation.objects.filter(code=code).exists():
        raise CodeTaken(code)
    if kind == OrganisationKind.MUNICIPALITY and not is_valid_code(code):
        raise CheckDigitWrong(code)
    if kind == OrganisationKind.WARD:
        raise ValidationError({"kind": "the wards exist already"})
    organisation.full_clean()
    organisation.save()
    record(
        organisation,
        subject=urn("organisations.organisation", organisation.code),
        summary=f"{organisation.name_ja}を登録しました",
        changes={"code": [None, code], "kind": [None, kind], "name_ja": [None, name_ja]},
    )
    return organisation
