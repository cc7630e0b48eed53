"""Log lines without personal numbers: a NIP or NI PPPK has 18 digits, a NIK 16."""

import logging
import re

PERSONAL_NUMBER = re.compile(r"(?<!\d)\d{16,18}(?!\d)")
MASK = "[number]"
_tracebacks = logging.Formatter()


def masked(text: str) -> str:
    return PERSONAL_NUMBER.sub(MASK, text)


class Record(logging.LogRecord):
    """What every logger makes of every call, before any handler sees it: those of Django, of the web server and of
    libraries too. A filter would hold for single handlers, and not for what a database says in a traceback."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            self.exc_text = masked(_tracebacks.formatException(self.exc_info))
        if self.stack_info:
            self.stack_info = masked(self.stack_info)

    def getMessage(self) -> str:  # noqa: N802 (logging calls it so)
        return masked(super().getMessage())


def install() -> None:
    logging.setLogRecordFactory(Record)
