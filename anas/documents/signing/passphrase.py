"""The words that open a signer's key. They are typed for each signing and live as long as the call that needs them."""


class Passphrase:
    """A passphrase that shows itself nowhere by accident: not in a traceback, not in a log, not in a pickle."""

    __slots__ = ("_words",)

    def __init__(self, words: str):
        self._words = words

    def __repr__(self) -> str:
        return "Passphrase(…)"

    def __reduce__(self):
        raise TypeError("A passphrase is not to be stored.")

    def reveal(self) -> str:
        """The words, to be handed to whoever opens the key and to nobody else."""
        return self._words
