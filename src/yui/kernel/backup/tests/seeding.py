"""Run inside an installation by the tests: fills it with rows of every sort, a lake file and an upload."""

import hashlib
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from yui.kernel.events.models import Event
from yui.kernel.lake.models import LakeFile
from yui.kernel.ledger.append import Act, append
from yui.kernel.scope.models import Organisation


def seed(entries: int = 200) -> None:
    """Fill the installation."""
    with transaction.atomic():
        for number, code in enumerate(("131032", "131041")):
            ward, _created = Organisation.objects.get_or_create(
                code=code,
                defaults={
                    "kind": "ward",
                    "name_ja": f"区{code}",
                    "name_en": "Ward",
                    "name_kana": "ク",
                    "sort_order": number,
                },
            )
            append(
                code,
                [
                    Act("seed", "x.y.z", f"yui:x.y:{n}", {"n": n, "text": "改行\n☃\x1f"})
                    for n in range(entries)
                ],
            )
            Event.objects.create(
                kind="x.y.z",
                organisation=ward,
                subject="yui:x.y:1",
                summary='「引用」, "quoted"\t\\',
                actor_name="",
                data={"list": [1, 2.5, None, True, {"深い": "値"}], "big": 2**53},
                at=datetime(2026, 4, 1, 0, 0, 0, 123456, tzinfo=UTC),
            )
        get_user_model().objects.create_user(
            username="alice", email="alice@example.jp", password="a long password 1"
        )
        content = b"PAR1 lake rows" * 1000
        digest = hashlib.sha256(content).hexdigest()
        path = f"demo/organisation=131032/month=2026-04/part-{digest[:32]}.parquet"
        target = settings.LAKE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        LakeFile.objects.create(
            dataset="demo",
            organisation_code="131032",
            month="2026-04",
            path=path,
            sha256=digest,
            rows=1000,
            bytes=len(content),
            batch="b1",
        )
    upload = settings.FILES / "uploads" / "契約書.pdf"
    upload.parent.mkdir(parents=True, exist_ok=True)
    upload.write_bytes(b"%PDF- upload")
