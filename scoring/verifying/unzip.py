"""Reads a ZIP that may be hostile: in memory only, nothing is ever written, and nothing is read beyond the limits."""

import zipfile
from io import BytesIO
from pathlib import Path

MOST_FILES = 500
MOST_BYTES = 128 * 1024 * 1024  # of all files together; a bundle of 100,000 votes has a tenth of it
MOST_PACKED = 32 * 1024 * 1024
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # the others unpack without a limit
DIRECTORY_ENTRY = b"PK\x01\x02"


class NoBundle(Exception):
    """A file that is not read as a bundle, and why."""


def read(path: Path) -> dict[str, bytes | None]:
    """The files in the ZIP by their names; None for one whose bytes are damaged. Raises NoBundle."""
    try:
        with path.open("rb") as file:
            packed = file.read(MOST_PACKED + 1)
    except OSError as error:
        raise NoBundle(error.strerror or "cannot be read") from None
    if len(packed) > MOST_PACKED or packed.count(DIRECTORY_ENTRY) > MOST_FILES:
        raise NoBundle("is larger than any bundle")
    try:
        archive = zipfile.ZipFile(BytesIO(packed))
    except Exception:  # a broken directory can make zipfile stumble in many ways
        raise NoBundle("is no ZIP file, or its directory is damaged") from None
    with archive:
        return _files(archive)


def _files(archive: zipfile.ZipFile) -> dict[str, bytes | None]:
    infos = archive.infolist()
    if sum(info.file_size for info in infos) > MOST_BYTES or {info.compress_type for info in infos} - METHODS:
        raise NoBundle("unpacks to more than any bundle, or in a way that cannot be limited")
    if len({info.filename for info in infos}) < len(infos):
        raise NoBundle("holds two files of one name")
    return {info.filename: _bytes(archive, info) for info in infos}


def _bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | None:
    """Never more than the size that the directory names, which has been added up before."""
    try:
        with archive.open(info) as file:
            return file.read(info.file_size)
    except Exception:  # a wrong checksum, a cut stream, a password
        return None
