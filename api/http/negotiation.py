"""Which form of an answer a client wants."""

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request

#: Generated clients ask for this type where an operation's errors are all that the document names for it.
_PROBLEM = "application/problem+json"


class Negotiation(DefaultContentNegotiation):
    """The framework's, but a client that only takes errors gets whatever there is: it has to expect success as well."""

    def get_accept_list(self, request: Request) -> list[str]:
        """The media types of ``Accept``, with any type in place of that of errors."""
        given = super().get_accept_list(request)
        return ["*/*" if token.partition(";")[0].strip().lower() == _PROBLEM else token for token in given]
