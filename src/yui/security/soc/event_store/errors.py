"""What can go wrong with stored events, in both languages."""


class EventStoreError(Exception):
    """Something about stored events that a person must know."""


class UnevenBatch(EventStoreError):
    """Records, times and identifiers of a batch do not belong together."""

    def __init__(self, records: int, received: int, ids: int) -> None:
        super().__init__(
            f"記録{records}件、受信時刻{received}件、番号{ids}件の数が合いません。同じ数で渡してください / "
            f"{records} records, {received} times and {ids} identifiers: give as many of each"
        )


class BadIdentifier(EventStoreError):
    """An event's identifier has the wrong length."""

    def __init__(self, position: int, length: int, wanted: int) -> None:
        super().__init__(
            f"{position}番目の番号は{length}バイトです。{wanted}バイトにしてください / "
            f"the identifier at {position} has {length} bytes instead of {wanted}"
        )


class TooManyWriters(EventStoreError):
    """Other processes kept writing the same hour while this one tried to."""

    def __init__(self, ward: str) -> None:
        super().__init__(
            f"{ward}: 同じ時間帯への書き込みが重なり続けました。少し待ってもう一度行ってください / "
            "others kept writing the same hour: wait a little and try again"
        )
