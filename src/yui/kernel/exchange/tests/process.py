"""What the processes do that ``test_faults`` starts and kills; not a test itself."""

import io
import json
import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.conf.settings")
import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from yui.kernel.exchange.errors import ExchangeError  # noqa: E402
from yui.kernel.exchange.importers import ImportColumn, Importer, register_importer  # noqa: E402
from yui.kernel.exchange.models import ImportRun  # noqa: E402
from yui.kernel.exchange.operations import apply_run, preview_run, upload_file  # noqa: E402
from yui.kernel.exchange.tests.bodies import apply_bodies  # noqa: E402
from yui.kernel.ledger.models import Entry  # noqa: E402
from yui.kernel.policy import Actor  # noqa: E402
from yui.kernel.scope.models import Organisation, OrganisationKind  # noqa: E402

ACTOR = Actor.system("test")
# What the step that runs now is to suffer half way.
suffering = ""


def pause() -> None:
    sys.stdout.write("paused\n")
    sys.stdout.flush()
    time.sleep(120)


def watched(actor, rows, context):
    def passing():
        for number, row in enumerate(rows):
            if number == 100 and suffering == "pause-during":
                pause()
            if number == 100 and suffering == "lose-connection":
                lose_connection()
            yield row

    if suffering == "pause-before":
        pause()
    if suffering == "fill-disk":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA page_count")
            pages = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
    return apply_bodies(actor, passing(), context)


def lose_connection() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    else:
        # SQLite has no connection to cut; a statement that is broken off raises the same error.
        connection.connection.set_progress_handler(lambda: 1, 1)


register_importer(
    Importer(
        code="tests.bodies",
        title="市区町村",
        columns=(
            ImportColumn("code", "団体コード", required=True),
            ImportColumn("name", "名称", required=True),
        ),
        key_columns=("code",),
        apply=watched,
    )
)


def made():
    return Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)


def upload(rows: int, label: str) -> dict:
    text = "団体コード,名称\n" + "".join(f"{900000 + n},市{label}{n}\n" for n in range(rows))
    run = upload_file(
        ACTOR,
        organisation=Organisation.objects.get(code="131032"),
        importer="tests.bodies",
        source=io.BytesIO(text.encode()),
        name="市.csv",
    )
    return {"run": preview_run(ACTOR, run.pk).pk}


def apply(pk: int | None = None, how: str = "") -> dict:
    global suffering
    suffering = how
    try:
        run = apply_run(ACTOR, pk or newest().pk)
    except ExchangeError as error:
        return {"error": str(error)}
    finally:
        suffering = ""
    if how == "pause-after":
        pause()
    return {"state": run.state}


def newest() -> ImportRun:
    return ImportRun.objects.unscoped("test").order_by("-pk")[0]


def state(pk: int | None = None) -> dict:
    run = ImportRun.objects.unscoped("test").get(pk=pk) if pk else newest()
    entry = Entry.objects.filter(subject=run.urn, verb="exchange.run.apply").exists()
    return {
        "run": run.pk,
        "state": run.state,
        "made": made().count(),
        "accepted": run.rows_accepted,
        "ledger": entry,
    }


STEPS = {
    "migrate": lambda: call_command("migrate", verbosity=0),
    "forget": lambda: made().delete() and None,
    "upload": upload,
    "apply": apply,
    "state": state,
}

sys.stdout.write(
    json.dumps([STEPS[name](*words) for name, *words in json.loads(sys.argv[1])], ensure_ascii=False) + "\n"
)
