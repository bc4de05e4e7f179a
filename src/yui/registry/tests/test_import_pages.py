"""A ward's file from the chooser to the ledger, through the pages that people use."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yui.registry.models import InformationSystem

HEAD = "システムコード,システム名,区分,設置場所,ネットワーク"


def upload(client, minato, text):
    file = SimpleUploadedFile("台帳.csv", text.encode("cp932"), content_type="text/csv")
    page = reverse("exchange:new", args=["registry.systems"])
    response = client.post(page, {"organisation": minato.pk, "file": file}, follow=True)
    return response.redirect_chain[-1][0], response.content.decode()


def test_a_good_file_is_shown_and_then_taken_in(alice, charlie, client_of, minato):
    client = client_of(alice)
    run, _shown = upload(client, minato, f"{HEAD}\nMN-1,文書管理,内部管理業務,オンプレミス,LGWAN接続系\n")
    assert not InformationSystem.everything.exists()
    assert client_of(charlie).get(run).status_code == 404
    client.post(f"{run}apply/")
    assert InformationSystem.everything.get().organisation == minato


def test_a_bad_file_changes_nothing_and_says_where(alice, client_of, minato):
    client = client_of(alice)
    rows = "MN-1,文書管理,内部管理業務,オンプレミス,LGWAN接続系\nMN-2,謎,なぞ,オンプレミス,LGWAN接続系\n"
    run, shown = upload(client, minato, f"{HEAD}\n{rows}")
    assert "なぞ" in shown
    client.post(f"{run}apply/")
    assert not InformationSystem.everything.filter(code="MN-2").exists()


def test_a_viewer_cannot_import(bob, client_of):
    assert client_of(bob).get(reverse("exchange:new", args=["registry.systems"])).status_code == 403


def test_an_unknown_table_or_ward_does_not_exist(alice, client_of, minato):
    client = client_of(alice)
    for arguments in (
        [minato.code, "nothing", "csv"],
        [minato.code, "systems", "exe"],
        ["999999", "systems", "csv"],
    ):
        assert client.get(reverse("registry:export", args=arguments)).status_code == 404
