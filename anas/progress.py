"""How far a command is, for whoever sits at the terminal."""

from collections.abc import Callable

from django.core.management.base import OutputWrapper


def progress_on(stream: OutputWrapper) -> Callable[[int, int], None]:
    """Shows each new percent on one line, where the stream is a terminal."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = done * 100 // total if total else 100
        if percent != shown:
            shown = percent
            stream.write(f"\r{percent:3} %", style_func=str, ending="\n" if percent == 100 else "")
            stream.flush()

    return show if stream.isatty() else lambda done, total: None


def phases_on(stream: OutputWrapper) -> Callable[[str], None]:
    """Says what is being done now, a line each, where the stream is a terminal."""
    return (lambda words: stream.write(words)) if stream.isatty() else lambda words: None
