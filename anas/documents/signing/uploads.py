"""Files that are looked at and never touch the disk: a certificate with its key, a signed document."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from anas.documents.signing.services import LARGEST


class InMemory(FileUploadHandler):
    """Holds what comes in memory, and no more of all files together than one may have; of the rest, only the size."""

    room = LARGEST * 1024 * 1024

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.content.write(raw_data[: self.room])
        self.room -= min(len(raw_data), self.room)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        about = (self.field_name, self.file_name, self.content_type, file_size, self.charset)
        return InMemoryUploadedFile(self.content, *about, self.content_type_extra)
