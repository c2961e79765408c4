"""Files that are sent to the site: no more of one is kept than any form would take."""

import contextlib
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler


class SizeLimitedUploadHandler(FileUploadHandler):
    """Lets through a little more than ``UPLOAD_MAX_BYTES`` of each file, so that its form sees that it is too large.

    What comes after that is read from the connection and dropped: a file of any size costs neither disk nor memory.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count from the start."""
        super().new_file(*args, **kwargs)
        self._let_through = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hand a piece on, or drop it."""
        if self._let_through > settings.UPLOAD_MAX_BYTES:
            return None
        self._let_through += len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing is kept here: the handlers that follow make the file."""
        return


class TidyTemporaryFileUploadHandler(TemporaryFileUploadHandler):
    """Django's own, which leaves a file that found no room on the disk until the request is forgotten."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece. Raises OSError, after the file was removed."""
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            with contextlib.suppress(OSError):
                self.file.close()
            raise
