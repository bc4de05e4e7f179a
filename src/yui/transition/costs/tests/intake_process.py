"""What the processes do that ``test_intake_faults`` starts and kills; not a test itself."""

import csv
import io
import json
import os
import resource
import signal
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.conf.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402

from yui.kernel.exchange.errors import ExchangeError  # noqa: E402
from yui.kernel.lake.errors import LakeError  # noqa: E402
from yui.kernel.lake.models import LakeFile  # noqa: E402
from yui.kernel.lake.upkeep import sweep  # noqa: E402
from yui.kernel.ledger.models import Entry  # noqa: E402
from yui.kernel.policy import Actor  # noqa: E402
from yui.kernel.scope.models import Organisation  # noqa: E402
from yui.organisations.operations.ensure_organisations import ensure_organisations  # noqa: E402
from yui.transition.costs.models import BillImport, FileIntake, MonthlyCost  # noqa: E402
from yui.transition.costs.operations import apply_intake as applying  # noqa: E402
from yui.transition.costs.operations import import_bill as importing  # noqa: E402
from yui.transition.costs.operations import take_in_file as intake  # noqa: E402
from yui.transition.costs.operations.keep_file import keep_file  # noqa: E402
from yui.transition.costs.operations.preview_intake import preview_intake  # noqa: E402
from yui.transition.costs.tests.conftest import HEADER  # noqa: E402

ACTOR = Actor.system("test")
REASON = "a test"


def die(*args, **options):
    os.kill(os.getpid(), signal.SIGKILL)


def fill_disk() -> None:
    """Let no file grow beyond a few kilobytes while the bill is converted."""
    convert = intake.convert_focus

    def starved(*args, **options):
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            return convert(*args, **options)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    intake.convert_focus = starved


SUFFERINGS = {
    "": lambda: None,
    "kill-reading": lambda: setattr(intake, "convert_focus", die),
    "kill-staged": lambda: setattr(intake, "import_bill", die),
    "kill-recording": lambda: setattr(importing, "roll_up", die),
    "kill-recorded": lambda: setattr(applying, "_end", die),
    "fill-disk": fill_disk,
}


def migrate() -> None:
    call_command("migrate", verbosity=0)
    if not Organisation.objects.exists():
        ensure_organisations()


def send(rows: int, label: str) -> int:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER)
    writer.writeheader()
    for number in range(rows):
        cells = {"BilledCost": str(number), "ResourceId": f"{label}-{number * 7919 % 100003}"}
        writer.writerow(HEADER | cells | {"BillingAccountId": label})
    kept = keep_file(
        ACTOR,
        organisation=Organisation.objects.get(code="131032"),
        source=io.BytesIO(text.getvalue().encode()),
        name=f"{label}.csv",
        kind="auto",
    )
    return preview_intake(ACTOR, kept.pk).pk


def apply(pk: int, suffering: str = "") -> dict:
    SUFFERINGS[suffering]()
    try:
        return {"state": applying.apply_intake(ACTOR, pk).state}
    except (ExchangeError, LakeError) as error:
        return {"error": str(error)}


def state(pk: int) -> dict:
    found = FileIntake.objects.unscoped(REASON).get(pk=pk)
    bills = BillImport.objects.unscoped(REASON).filter(sha256=found.sha256)
    batches = list(bills.values_list("batch", flat=True))
    return {
        "state": found.state,
        "accepted": found.rows_accepted,
        "is_new": found.is_new,
        "bills": len(batches),
        "files": LakeFile.objects.live().filter(batch__in=batches).count(),
        "sums": MonthlyCost.objects.unscoped(REASON).filter(part__bill__in=bills).count(),
        "entries": Entry.objects.filter(
            verb="costs.bill.import", subject__in=[f"yui:costs.bill:{b.pk}" for b in bills]
        ).count(),
        "failure": found.failure,
    }


STEPS = {
    "migrate": migrate,
    "send": send,
    "apply": apply,
    "state": state,
    "sweep": lambda: len(sweep(older_than_hours=0)),
}

sys.stdout.write(
    json.dumps([STEPS[name](*words) for name, *words in json.loads(sys.argv[1])], ensure_ascii=False) + "\n"
)
