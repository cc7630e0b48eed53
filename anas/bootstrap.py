"""Bootstrap comes as a Python package whose assets lie outside of any static folder: this finder fetches them."""

from collections.abc import Iterator

from bootstrap_wrapper import get_bootstrap_dir
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

ASSETS = [
    f"{folder}/{name}{ending}"
    for folder, name in (("css", "bootstrap.min.css"), ("js", "bootstrap.bundle.min.js"))
    for ending in ("", ".map")
]


class BootstrapFinder(BaseFinder):
    """Yields the style sheet, the script and their maps under `bootstrap/`, and nothing else of the package."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=get_bootstrap_dir())
        self.storage.prefix = "bootstrap"

    def find(self, path: str, find_all: bool = False) -> str | list[str]:
        name = path.removeprefix("bootstrap/")
        if name == path or name not in ASSETS:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns: list[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        for asset in ASSETS:
            yield asset, self.storage
