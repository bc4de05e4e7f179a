"""Channels of an organisation: who handles them, what they get, and where messages may go."""

import pytest
from django.core.exceptions import ValidationError

from yui.kernel.ledger.models import Entry
from yui.kernel.notices.announcing import POST_JOB
from yui.kernel.notices.errors import ForeignAddress, HostNotAllowed, NotEncrypted, NothingToTell
from yui.kernel.notices.models import NoticeWebhook
from yui.kernel.notices.operations.add_webhook import add_webhook
from yui.kernel.notices.operations.delete_webhook import delete_webhook
from yui.kernel.notices.operations.switch_webhook import switch_webhook
from yui.kernel.notices.operations.try_webhook import try_webhook
from yui.kernel.notices.payloads import payload
from yui.kernel.notices.public import announce
from yui.kernel.policy import PermissionRefused
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.worker import JobWorker

pytestmark = pytest.mark.django_db
PAGE = "/notices/webhooks/"
SECRET = "T0000/B0000/himitsu"
URL = f"https://hooks.example.jp/services/{SECRET}"


@pytest.fixture(autouse=True)
def hosts(settings):
    """Allow one host, and the hosts below another."""
    settings.WEBHOOK_HOSTS = ["hooks.example.jp", ".webhook.example.jp"]


@pytest.fixture
def webhook(anna, actor_of, minato, channel):
    """A channel of 港区 that is told of questions."""
    url = f"https://{channel.host}/services/{SECRET}"
    return add_webhook(
        actor_of(anna), organisation=minato, title="情報政策課", url=url, format="slack", kinds=["test.asked"]
    )


def stored(webhook) -> NoticeWebhook:
    """The channel as it stands in the database."""
    return NoticeWebhook.objects.unscoped("test").get(pk=webhook.pk)


def test_the_ledger_keeps_no_secret(webhook, minato):
    entries = Entry.objects.filter(organisation_code=minato.code, verb="notices.webhook.add")
    assert entries.count() == 1 and SECRET not in str(entries.get().payload)
    assert SECRET not in webhook.host and webhook.host


@pytest.mark.parametrize("who", ["alice", "bob", "audrey", "charlie"])
def test_only_administrators_handle_channels(who, request, webhook, minato, actor_of, channel):
    actor = actor_of(request.getfixturevalue(who))
    facts = {"title": "x", "url": URL, "format": "slack", "kinds": ["test.asked"]}
    for act in (
        lambda: add_webhook(actor, organisation=minato, **facts),
        lambda: switch_webhook(actor, webhook=webhook, is_active=False),
        lambda: delete_webhook(actor, webhook=webhook),
        lambda: try_webhook(actor, webhook=webhook),
    ):
        with pytest.raises(PermissionRefused):
            act()
    assert stored(webhook).is_active and channel.got == []


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"url": "http://hooks.example.jp/"}, NotEncrypted),
        ({"url": "https://me@hooks.example.jp/"}, NotEncrypted),
        ({"url": "https://169.254.169.254/"}, HostNotAllowed),
        ({"url": "https://localhost/"}, HostNotAllowed),
        ({"url": "https://hooks.example.jp.evil.example/"}, HostNotAllowed),
        ({"url": "https://hooks.example.jp:8443/"}, HostNotAllowed),
        ({"kinds": []}, NothingToTell),
        ({"kinds": ["gone.kind"]}, NothingToTell),
        ({"title": " "}, ValidationError),
        ({"format": "mattermost"}, ValidationError),
    ],
)
def test_what_cannot_be_is_refused(change, error, anna, actor_of, minato):
    facts = {"title": "x", "url": URL, "format": "slack", "kinds": ["test.asked"], **change}
    with pytest.raises(error):
        add_webhook(actor_of(anna), organisation=minato, **facts)
    assert not NoticeWebhook.objects.unscoped("test").exists()


def test_hosts_below_an_allowed_domain_are_allowed(anna, actor_of, minato):
    url = "https://minato.webhook.example.jp/x"
    assert add_webhook(
        actor_of(anna), organisation=minato, title="x", url=url, format="teams", kinds=["test.asked"]
    ).pk


def test_a_channel_gets_the_kinds_it_wants(webhook, minato, shinjuku, channel, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://yui.example.lg.jp"]
    assert announce(minato, kind="test.asked", title="質問 <!channel>", body="**本文**", url="/q/1/") == 1
    assert announce(minato, kind="test.answered", title="回答", url="/q/1/") == 0
    assert announce(shinjuku, kind="test.asked", title="質問", url="/q/1/") == 0
    assert channel.got == []
    JobWorker().drain()
    text = "質問 &lt;!channel&gt;\n本文\nhttps://yui.example.lg.jp/q/1/"
    assert channel.got == [(f"/services/{SECRET}", {"text": text})]
    assert stored(webhook).last_ok_at is not None


def test_a_channel_that_is_off_gets_nothing(webhook, minato, channel, anna, actor_of):
    announce(minato, kind="test.asked", title="質問", url="/q/1/")
    switch_webhook(actor_of(anna), webhook=webhook, is_active=False)
    JobWorker().drain()
    assert channel.got == []
    assert announce(minato, kind="test.asked", title="質問", url="/q/1/") == 0


def test_what_does_not_arrive_is_told(webhook, minato, anna, actor_of, channel):
    channel.status = 410
    announce(minato, kind="test.asked", title="質問", url="/q/1/")
    JobWorker().drain()
    job = Job.objects.unscoped("test").get(kind=POST_JOB)
    assert job.state == JobState.FAILED and "HTTP 410" in job.error and SECRET not in job.error
    assert stored(webhook).last_error == "HTTP 410"
    assert try_webhook(actor_of(anna), webhook=webhook) == "HTTP 410"


def test_a_server_that_cannot_prove_itself_gets_nothing(webhook, anna, actor_of, channel, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "CERTIFICATE_VERIFY_FAILED" in try_webhook(actor_of(anna), webhook=webhook)
    assert channel.got == []


def test_a_host_that_is_no_longer_allowed_gets_nothing(webhook, anna, actor_of, settings):
    settings.WEBHOOK_HOSTS = []
    assert "許されていません" in try_webhook(actor_of(anna), webhook=webhook)


def test_a_message_leads_inside(minato):
    with pytest.raises(ForeignAddress):
        announce(minato, kind="test.asked", title="x", url="https://evil.example/")


def test_teams_gets_a_card_whose_texts_are_no_markup():
    message = payload(
        "teams", title="[x](https://evil.example)", body="本文", address="https://yui.example/q/1/"
    )
    (attachment,) = message["attachments"]
    card = attachment["content"]
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.4")
    assert [block["type"] for block in card["body"]] == ["RichTextBlock", "RichTextBlock"]
    assert card["actions"][0]["url"] == "https://yui.example/q/1/"
    assert "actions" not in payload("teams", title="x", body="", address="/q/1/")["attachments"][0]["content"]


def test_the_page_adds_tries_switches_and_deletes(client_of, anna, minato, channel):
    client, url = client_of(anna), f"https://{channel.host}/{SECRET}"
    facts = {"organisation": minato.pk, "title": "広報のチャンネル", "url": url, "format": "slack"}
    assert "知らせる種類を一つ以上" in client.post(PAGE, facts).content.decode()
    page = client.post(PAGE, {**facts, "kinds": ["test.asked"]}, follow=True).content.decode()
    assert "広報のチャンネル" in page and channel.host in page and SECRET not in page
    pk = NoticeWebhook.objects.unscoped("test").get().pk
    assert (
        "届きました" in client.post(f"{PAGE}{pk}/test/", follow=True).content.decode()
        and len(channel.got) == 1
    )
    assert "止めています" in client.post(f"{PAGE}{pk}/off/", follow=True).content.decode()
    assert "使っています" in client.post(f"{PAGE}{pk}/on/", follow=True).content.decode()
    assert client.post(f"{PAGE}{pk}/explode/").status_code == 404
    assert "送り先はまだありません" in client.post(f"{PAGE}{pk}/delete/", follow=True).content.decode()


def test_the_page_is_for_administrators_of_the_ward(client_of, alice, member, shinjuku, webhook):
    assert client_of(alice).get(PAGE).status_code == 403
    assert client_of(alice).post(f"{PAGE}{webhook.pk}/delete/").status_code == 403
    stranger = client_of(member("Cora", shinjuku, "administrator"))
    assert webhook.host not in stranger.get(PAGE).content.decode()
    assert stranger.post(f"{PAGE}{webhook.pk}/delete/").status_code == 404
    assert stored(webhook)
