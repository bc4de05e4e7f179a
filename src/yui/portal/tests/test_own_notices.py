"""あなたへの通知: first on the page of notices, counted beside the bell, read once opened."""

import pytest
from django.urls import reverse
from django.utils import timezone

from yui.kernel.notices.models import Notice

PAGE = reverse("portal:notifications")


@pytest.fixture
def notice(alice, minato):
    """A notice to Alice."""
    return Notice.objects.create(
        user=alice,
        organisation=minato,
        kind="test.answered",
        title="回答がつきました",
        body="**こたえ** <b>",
        url="/about/",
        created_at=timezone.now(),
    )


def bell(client) -> str:
    """Return the number beside the bell on an ordinary page."""
    return str(client.get("/about/").context["notification_count"])


@pytest.fixture
def opened(alice, client_of):
    """Alice's browser, after she looked at the news."""
    client = client_of(alice)
    client.get(PAGE)
    return client


def test_an_unread_notice_stands_first_and_is_counted(opened, notice):
    page = opened.get(PAGE).content.decode()
    assert "読んでいない通知が1件あります" in page and "こたえ &lt;b&gt;" in page and "港区" in page
    assert page.index("回答がつきました") < page.index("所属する団体の動き")
    assert bell(opened) == "1"


def test_opening_leads_on_and_marks_it_read(opened, notice):
    opened.get(PAGE)
    answer = opened.get(reverse("portal:notice", args=[notice.pk]))
    assert answer.status_code == 302 and answer["Location"] == "/about/"
    assert bell(opened) == ""
    page = opened.get(PAGE).content.decode()
    assert "回答がつきました" in page and "未読" not in page


def test_all_can_be_marked_read(opened, notice):
    opened.get(PAGE)
    page = opened.post(reverse("portal:notices-read"), follow=True).content.decode()
    assert "すべて読んだことにしました" in page and "未読" not in page
    assert bell(opened) == ""
    assert opened.get(reverse("portal:notices-read")).status_code == 405


@pytest.mark.parametrize("who", ["bob", "anna", "charlie"])
def test_nobody_else_learns_of_a_notice(who, request, notice, client_of):
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse("portal:notice", args=[notice.pk])).status_code == 404
    client.post(reverse("portal:notices-read"))
    assert "回答がつきました" not in client.get(PAGE).content.decode()
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_page_without_notices_says_what_comes_here(opened):
    assert "あなたに関わることが起きると" in opened.get(PAGE).content.decode()
