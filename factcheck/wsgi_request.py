"""The request class of this site: it reads the query of an address as UTF-8, whatever the charset of the body."""

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.utils.functional import cached_property


class Request(WSGIRequest):
    """A request whose query is UTF-8, as the URL standard has it, for every charset of its body.

    Django reads the query in the charset of ``Content-Type``, also where there is no body. A list kept under its
    address was then that of other words for everybody, and a charset that is none for text was a bare 500.
    """

    @cached_property
    def GET(self) -> QueryDict:  # type: ignore[override] # Django calls it so
        """What the query says."""
        bytes_ = self.environ.get("QUERY_STRING", "").encode("iso-8859-1", errors="replace")  # as WSGI passes bytes
        return QueryDict(bytes_, encoding="utf-8")
