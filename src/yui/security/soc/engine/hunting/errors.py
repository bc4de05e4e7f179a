"""What can be wrong with a hunt, told with the place, in both languages."""


class HuntNotUnderstood(ValueError):
    """The text is no question that the language knows.

    Attributes:
        position: characters before the place where it stops making sense.
    """

    def __init__(self, position: int, japanese: str, english: str) -> None:
        self.position = position
        super().__init__(f"{position + 1}文字目: {japanese} / at character {position + 1}: {english}")
