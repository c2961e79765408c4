"""What can go wrong on the way to an outside address."""


class OutboundError(Exception):
    """A request came to nothing. ``code`` is stable for programs, the text is fit to be shown.

    Neither holds anything the resolver, the socket or TLS said: those texts can name internal hosts.
    """

    def __init__(self, code: str, text: str = "") -> None:
        self.code = code
        super().__init__(text or TEXTS[code])


TEXTS = {
    "bad_url": "This is not an address a request can be sent to.",
    "address_refused": "The host's address is not a public one, so nothing was sent.",
    "unknown_host": "The host's name could not be resolved.",
    "connect_failed": "No connection could be made.",
    "tls_failed": "No trusted TLS connection could be made: look at the server's certificate.",
    "timeout": "There was no whole answer in time.",
    "connection_lost": "The connection broke before the whole answer was there.",
    "bad_answer": "The answer was not valid HTTP.",
    "too_large": "The answer is larger than what is read.",
    "too_many_redirects": "The address redirects too often.",
    "redirected": "The answer redirects, which is not followed.",
}
