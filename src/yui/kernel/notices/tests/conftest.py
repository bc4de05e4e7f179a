"""A kind of notice for the tests, and a place that takes what is posted."""

import pytest

from yui.kernel.notices import registry
from yui.kernel.notices.registry import MailTiming, NoticeKind, register_notice_kind


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    """Two kinds of notices, known to these tests alone."""
    monkeypatch.setattr(registry, "_kinds", {})
    register_notice_kind(NoticeKind("test.answered", "回答がついた", MailTiming.DAILY))
    register_notice_kind(NoticeKind("test.asked", "質問があった"))
    register_notice_kind(NoticeKind("test.urgent", "急ぎ", MailTiming.IMMEDIATE))
