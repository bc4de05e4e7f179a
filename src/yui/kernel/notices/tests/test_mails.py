"""Notices by mail: at once, daily, and what they carry."""

import pytest
from django.core import mail

from yui.kernel.notices import mailing
from yui.kernel.notices.mailing import MailServerDown, send_waiting
from yui.kernel.notices.models import Notice
from yui.kernel.notices.preferences import Choice, save_choices
from yui.kernel.notices.public import MailTiming, notify
from yui.kernel.notices.reading import mark_all_read
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.worker import JobWorker

pytestmark = pytest.mark.django_db
BOTH = (MailTiming.DAILY, MailTiming.IMMEDIATE)
BROKEN = "yui.kernel.notices.tests.test_mails.BrokenBackend"


class BrokenBackend:
    """A mail server that answers nobody."""

    def __init__(self, *args, **kwargs) -> None:
        """Take whatever Django gives."""

    def send_messages(self, messages):
        """Fail as a dead server does."""
        raise ConnectionRefusedError("connection refused")


def tell(*people, kind="test.answered", title="回答がつきました", number=1) -> None:
    """Tell these people of question ``number``."""
    notify(
        [person.pk for person in people], kind=kind, title=title, body="秘密の**本文**",
        url=f"/questions/{number}/", urn=f"yui:test.question:{number}",
    )  # fmt: skip


def test_the_daily_mail_gathers_titles_and_addresses(alice, bob, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://*.example.jp", "https://yui.example.lg.jp"]
    tell(alice, bob)
    tell(alice, number=2, title="別の回答")
    assert send_waiting(MailTiming.DAILY) == mailing.Mailed(2, 0)
    texts = {message.to[0]: message for message in mail.outbox}
    letter = texts[alice.email]
    assert letter.subject == "[Yui] 通知 2件"
    assert "別の回答" in letter.body and "https://yui.example.lg.jp/questions/2/" in letter.body
    assert "秘密" not in letter.body
    assert texts[bob.email].subject == "[Yui] 回答がつきました"


def test_nothing_is_mailed_twice(alice):
    tell(alice)
    send_waiting(*BOTH)
    tell(alice, title="回答が2件つきました")
    assert send_waiting(*BOTH).sent == 0


def test_what_was_read_meanwhile_needs_no_daily_mail(alice, actor_of):
    tell(alice)
    mark_all_read(actor_of(alice))
    assert send_waiting(*BOTH).sent == 0


def test_texts_go_out_only_where_the_installation_allows_it(alice, settings):
    settings.NOTICE_MAIL_BODIES = True
    tell(alice)
    send_waiting(*BOTH)
    assert "秘密の本文" in mail.outbox[0].body and "**" not in mail.outbox[0].body


def test_mails_speak_the_readers_language(alice):
    alice.language = "en"
    alice.save()
    tell(alice)
    tell(alice, number=2)
    send_waiting(*BOTH)
    assert mail.outbox[0].subject == "[Yui] 2 notices"


def test_people_without_an_address_wait_for_nothing(alice):
    alice.email = ""
    alice.save()
    tell(alice)
    assert Notice.objects.get().mail == MailTiming.NONE


def test_without_a_mail_server_nothing_waits(alice, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    tell(alice, kind="test.urgent")
    assert Notice.objects.get().mail == MailTiming.NONE
    assert not Job.objects.unscoped("test").exists()


def test_a_mail_that_goes_at_once_waits_in_the_queue_once(alice, bob):
    tell(alice, kind="test.urgent", title="急ぎです")
    tell(bob, kind="test.urgent", title="急ぎです", number=2)
    jobs = Job.objects.unscoped("test").filter(kind=mailing.MAIL_JOB)
    assert jobs.count() == 1
    JobWorker().drain()
    assert jobs.get().state == JobState.SUCCEEDED
    assert {message.subject for message in mail.outbox} == {"[Yui] 急ぎです"} and len(mail.outbox) == 2


def test_a_renewed_notice_is_not_mailed_at_once_again(alice):
    tell(alice, kind="test.urgent")
    JobWorker().drain()
    tell(alice, kind="test.urgent")
    JobWorker().drain()
    assert len(mail.outbox) == 1


def test_a_dead_server_is_not_asked_for_ever(alice, bob, anna, audrey, settings):
    settings.EMAIL_BACKEND = BROKEN
    tell(alice, bob, anna, audrey)
    with pytest.raises(MailServerDown, match="refused"):
        send_waiting(*BOTH)
    assert sorted(Notice.objects.values_list("mail_attempts", flat=True)) == [0, 1, 1, 1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_waiting(*BOTH).sent == 4


def test_a_mail_is_tried_a_few_times_only(alice, settings):
    tell(alice)
    Notice.objects.update(mail_attempts=mailing.MOST_ATTEMPTS)
    assert send_waiting(*BOTH).sent == 0


def test_mail_alone_needs_no_page(alice):
    save_choices(alice.pk, {"test.answered": Choice(False, "daily")})
    tell(alice)
    assert send_waiting(MailTiming.DAILY).sent == 1
