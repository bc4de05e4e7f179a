"""The door of the room: register a kind, tell people, tell channels."""

from yui.kernel.notices.announcing import announce
from yui.kernel.notices.registry import MailTiming, NoticeKind, register_notice_kind
from yui.kernel.notices.telling import notify

__all__ = ["MailTiming", "NoticeKind", "announce", "notify", "register_notice_kind"]
