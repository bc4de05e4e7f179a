"""What can be done with a file."""

from yui.kernel.exchange.operations.apply_run import apply_run
from yui.kernel.exchange.operations.cancel_run import cancel_run
from yui.kernel.exchange.operations.hand_over import hand_over
from yui.kernel.exchange.operations.preview_run import preview_run
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.exchange.operations.upload_file import upload_file

__all__ = ["apply_run", "cancel_run", "hand_over", "preview_run", "record_export", "upload_file"]
