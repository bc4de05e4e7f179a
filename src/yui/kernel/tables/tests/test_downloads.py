"""Lists as files: everything that meets the conditions, for those who may, and remembered."""

import csv
import io

import openpyxl
import pytest

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused


def body(response):
    return b"".join(response.streaming_content)


def test_csv_holds_the_whole_narrowed_list(table_of, alice):
    response = table_of(alice, "download=csv&kind=ward&columns=code").response()
    data = body(response)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["名称", "コード"]
    assert len(rows) == 24
    assert "attachment" in response["Content-Disposition"]


def test_xlsx_keeps_numbers_as_numbers(table_of, alice):
    sheet = openpyxl.load_workbook(io.BytesIO(body(table_of(alice, "download=xlsx").response()))).active
    assert [cell.value for cell in sheet[1]] == ["名称", "コード", "順"]
    assert isinstance(sheet["C2"].value, int)
    assert sheet.freeze_panes == "A2"


def test_an_export_is_in_the_ledger_before_the_first_byte(table_of, alice, minato):
    table_of(alice, "download=csv&kind=ward").response()
    entry = Entry.objects.filter(verb="exchange.export.record").get()
    assert "23" in str(entry.payload)
    assert "tests.organisations" in entry.subject


def test_who_belongs_nowhere_takes_nothing_away(table_of, db, django_user_model):
    nobody = django_user_model.objects.create_user(
        username="nobody", email="nobody@example.com", name_ja="名無し"
    )
    table = table_of(nobody, "download=csv")
    assert table.downloads == []
    with pytest.raises(PermissionRefused):
        table.response()
    assert not Entry.objects.filter(verb="exchange.export.record").exists()
