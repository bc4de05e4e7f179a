"""/indicators/report/"""

import pytest

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn

pytestmark = pytest.mark.django_db
PAGE = "/indicators/report/"


def test_the_report_is_shown_as_it_prints(rising, bob, client_of):
    page = client_of(bob).get(PAGE, {"month": "2026-10"}).content.decode()
    assert "指標の月次報告 2026年10月" in page
    assert "40.0%" in page
    assert '<abbr title="BPRを実施した部署の割合">1-KSI-1</abbr>' in page
    assert "/indicators/report/2026-10.pdf" in page
    assert "/indicators/report/2026-10.xlsx" in page


@pytest.mark.parametrize(("file_format", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_both_files_are_sent_and_enter_the_ledger(file_format, begins, rising, bob, client_of):
    response = client_of(bob).get(f"/indicators/report/2026-10.{file_format}")
    if response.status_code == 302:
        pytest.skip("no Japanese font on this machine (Debian: fonts-noto-cjk)")
    assert response.content.startswith(begins)
    assert response["Content-Disposition"].startswith("attachment")
    (entry,) = history_of(urn("exchange.export", "indicators.report"))
    assert file_format.upper() in entry.summary


def test_a_machine_without_fonts_says_so_on_the_page(rising, bob, client_of, monkeypatch):
    monkeypatch.setattr("yui.kernel.paper.fonts.system_families", lambda: ())
    page = client_of(bob).get("/indicators/report/2026-10.pdf", follow=True).content.decode()
    assert "fonts-noto-cjk" in page
    assert history_of(urn("exchange.export", "indicators.report")) == []


@pytest.mark.parametrize("address", ["2026-10.docx", "soon.pdf", "2026-13.pdf"])
def test_other_files_are_not_found(address, bob, client_of):
    assert client_of(bob).get(f"/indicators/report/{address}").status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client):
    assert client.get(PAGE).status_code == 302
    assert client.get("/indicators/report/2026-10.pdf").status_code == 302
