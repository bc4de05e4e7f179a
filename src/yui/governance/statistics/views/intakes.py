"""取り込み: a file is sent, looked at, and loaded; and can be taken out again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from yui.governance.statistics.facts import SentFile
from yui.governance.statistics.forms import LoadForm
from yui.governance.statistics.models import Intake, IntakeState, Source
from yui.governance.statistics.operations import (
    cancel_intake,
    keep_file,
    load_observations,
    receive_file,
    withdraw_intake,
)
from yui.governance.statistics.policies import may_load
from yui.governance.statistics.queries.preview import (
    chosen_at_first,
    content_of,
    preview_lines,
    wanted_of,
)
from yui.governance.statistics.reading import Reading, read_file
from yui.governance.statistics.views.access import (
    attempt_file,
    require_load,
    visible_intake,
    visible_source,
)
from yui.kernel.exchange.errors import ExchangeError
from yui.kernel.exchange.models.import_run import in_reader_language
from yui.kernel.exchange.storage import path_of
from yui.kernel.ui.asking import actor_of

REFUSALS_SHOWN = 50


@login_required
def load_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file of a source; it is read, and waits to be looked at."""
    source = visible_source(request, pk)
    require_load(request, source)
    form = LoadForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        intake = attempt_file(form, lambda: _received(request, source, form))
        if intake is not None:
            return redirect(intake)
    status = 422 if form.errors else 200
    return render(request, "statistics/load.html", {"source": source, "form": form}, status=status)


def _received(request: HttpRequest, source: Source, form: LoadForm) -> Intake:
    upload, wanted = form.cleaned_data["file"], form.wanted()
    sha256 = keep_file(upload)
    how = Reading(wanted.code, wanted.title, wanted.unit, wanted.frequency)
    content = read_file(path_of(sha256), upload.name, how)
    file = SentFile(upload.name, sha256, form.cleaned_data["retrieved_on"])
    return receive_file(
        actor_of(request), source=source, file=file, file_format=content.file_format, wanted=wanted
    )


@login_required
def intake_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file would do, or did; load it, give it up, or take it out again."""
    intake = visible_intake(request, pk)
    context: dict[str, Any] = {
        "intake": intake,
        "source": intake.source,
        "may_load": may_load(actor_of(request), intake.source),
    }
    refused = ""
    if request.method == "POST":
        require_load(request, intake.source)
        try:
            _step(request, intake)
        except ValidationError as error:
            refused = " ".join(error.messages)
        except ExchangeError as error:
            refused = str(error)
        else:
            return redirect(intake)
        intake.refresh_from_db()
    if intake.state == IntakeState.WAITING and context["may_load"]:
        context |= _preview(intake, request.POST.getlist("series") if refused else None)
    else:
        context["refusals"] = [{**each, "why": in_reader_language(each["why"])} for each in intake.refused]
    context["refused"] = refused
    return render(request, "statistics/intake.html", context, status=422 if refused else 200)


def _step(request: HttpRequest, intake: Intake) -> None:
    """Do what the button says.

    Raises:
        ValidationError, ExchangeError: saying why not.
    """
    actor = actor_of(request)
    match request.POST.get("step"):
        case "load":
            result = load_observations(
                actor,
                source=intake.source,
                content=content_of(intake),
                file=SentFile(intake.file_name, intake.sha256, intake.retrieved_on),
                wanted=wanted_of(intake),
                chosen=set(request.POST.getlist("series")),
                intake=intake,
            )
            if result.changed_nothing:
                messages.info(request, _("どの値ももう入っています。何も変えていません。"))
            else:
                messages.success(request, _("取り込みました。"))
        case "cancel":
            cancel_intake(actor, intake=intake)
            messages.success(request, _("取り込みをやめました。"))
        case "withdraw":
            withdraw_intake(actor, intake=intake)
            messages.success(request, _("このファイルの値を取り消しました。"))
        case _:
            raise ValidationError(_("ボタンを選んでください。"))


def _preview(intake: Intake, chosen: list[str] | None) -> dict[str, Any]:
    """Return what the page shows of a waiting file; why it cannot be read, where that is so."""
    try:
        content = content_of(intake)
    except ExchangeError as error:
        return {"failure": str(error)}
    lines = preview_lines(intake, content)
    return {
        "content": content,
        "lines": lines,
        "chosen": chosen_at_first(lines) if chosen is None else set(chosen),
        "hidden": len(content.series) - len(lines),
        "refusals": content.refusals[:REFUSALS_SHOWN],
        "refused_count": len(content.refusals),
    }
