"""Files on their way in: in memory alone, since the folder for temporary files is not encrypted."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

# A request so many times larger than the largest file is refused before it is read.
MOST_FILES = 2


class InMemoryOnly(FileUploadHandler):
    """Keeps of each file as much as the largest may have, and tells how long it really was.

    A form that checks the length can then say at its field that the file is too large.
    """

    file: BytesIO

    def handle_raw_input(
        self,
        input_data: Any,  # Any: as Django's own
        META: dict[str, str],  # noqa: N803  # Django's own name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        if content_length > MOST_FILES * settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("What was sent is larger than all files that a form takes.")

    def new_file(self, *args: Any, **options: Any) -> None:  # Any: as Django's own
        super().new_file(*args, **options)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = settings.FILE_UPLOAD_MAX_MEMORY_SIZE - self.file.tell()
        self.file.write(raw_data[: max(room, 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file,
            self.field_name,
            str(self.file_name),
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
