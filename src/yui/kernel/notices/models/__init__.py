"""Notices, how people want them, and where organisations want theirs."""

from yui.kernel.notices.models.notice import Notice
from yui.kernel.notices.models.preference import NoticePreference
from yui.kernel.notices.models.webhook import NoticeWebhook, WebhookFormat

__all__ = ["Notice", "NoticePreference", "NoticeWebhook", "WebhookFormat"]
