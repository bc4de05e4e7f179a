"""What can go wrong with the queue, each with what to do about it."""

from pathlib import Path


class QueueError(Exception):
    """Something about the queue that a person must know."""


class QueueRefused(QueueError):
    """Nothing of what was given was taken: the sender must keep it and come again later.

    Attributes:
        reason: a short code for counting.
        retry_seconds: after how many seconds it is worth trying again.
    """

    reason = "queue_unavailable"
    retry_seconds = 5


class QueueFull(QueueRefused):
    """The queue holds as much as it may; processing is behind."""

    reason = "queue_full"
    retry_seconds = 2

    def __init__(self, held: int, limit: int) -> None:
        super().__init__(
            f"待ち行列がいっぱいです({held:,} / {limit:,} バイト)。処理が追いつくまで受け付けません。"
            "続くときは YUI_SOC_QUEUE_BYTES を増やすか、処理が動いているか確かめてください。"
            f" The queue is full ({held:,} of {limit:,} bytes); nothing is taken until processing has "
            "caught up. If this goes on, raise YUI_SOC_QUEUE_BYTES or see whether processing runs."
        )


class QueueDiskFull(QueueRefused):
    """The disk under the queue has no space left."""

    reason = "disk_full"
    retry_seconds = 30

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"待ち行列の保存先 {folder} に書き込めません({reason})。空き容量を確かめてください。"
            f"受信は止めています。 The queue cannot write to {folder} ({reason}). Check the free space; "
            "nothing is being accepted."
        )


class QueueUnreachable(QueueRefused):
    """The queue's server does not answer, or does not confirm."""

    reason = "queue_unreachable"
    retry_seconds = 5

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"待ち行列 {address} につながりません({reason})。NATS JetStream が動いているか確かめてください。"
            f" The queue {address} does not confirm ({reason}). Check that NATS JetStream runs."
        )


class DeliveryTooLarge(QueueError):
    """One event is larger than the queue can carry at all."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"{size:,} バイトのイベントは大きすぎます(上限 {limit:,})。"
            f" An event of {size:,} bytes is too large for the queue (at most {limit:,})."
        )


class QueueInUse(QueueError):
    """Another process writes to, or reads, the same queue."""

    def __init__(self, folder: Path, role: str) -> None:
        super().__init__(
            f"{folder} の待ち行列はすでに使われています({role})。"
            "もう一つの yui soc receive を止めてください。"
            f" The queue in {folder} already has a {role}; stop the other yui soc receive."
        )


class QueueRecordDamaged(QueueError):
    """What the queue wrote does not read back."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"待ち行列の記録が壊れています({detail})。ディスクを確かめてください。"
            f" A record of the queue is damaged ({detail}). Check the disk."
        )
