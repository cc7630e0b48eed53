"""The private files: photos and evidence. Only those that a row names go into a backup."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from anas.keeping import rows
from anas.refused import Refused


def names() -> Iterator[str]:
    """What the rows of the database call their files."""
    for model in rows.kept_models():
        for field in rows.file_fields(model):
            yield from model._base_manager.exclude(**{field.name: ""}).order_by("pk").values_list(field.name, flat=True)


def content(name: str) -> bytes | None:
    """None for a file that is gone although a row still names it."""
    try:
        return Path(default_storage.path(name)).read_bytes()
    except FileNotFoundError:
        return None


def require_empty() -> None:
    """Raises Refused where the folder of the files already holds one."""
    if any(path.is_file() for path in settings.MEDIA_ROOT.rglob("*")):
        reason = _("A backup is restored into an empty installation. This one has files already, in %(folder)s.")
        raise Refused(reason % {"folder": settings.MEDIA_ROOT})


@contextmanager
def all_or_none() -> Iterator[Callable[[str, bytes], None]]:
    """Answers with what writes a file; where anything fails meanwhile, none of them stays."""
    written: list[Path] = []

    def write(name: str, content: bytes) -> None:
        path = Path(default_storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            written.append(path)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(settings.FILE_UPLOAD_PERMISSIONS)

    try:
        yield write
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
