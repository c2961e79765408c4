"""E-mail (RFC 5322, MIME): who wrote what when, the decoded words, and the names of what was attached."""

import re
from datetime import date
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from typing import Final

from lib.extraction import markup, notes
from lib.extraction.results import Extracted, ExtractionError, first_line
from lib.phrases import phrase

_HEADER = re.compile(rb"^(?:From |[A-Za-z][A-Za-z0-9-]{1,40}:[ \t])")
_KNOWN: Final = frozenset(
    {b"from", b"to", b"subject", b"date", b"received", b"return-path", b"message-id", b"mime-version"}
)
_SHOWN: Final = ("From", "To", "Cc", "Date", "Subject")
#: E-mails inside e-mails are read this deep.
MAX_DEPTH: Final = 5


def is_mail(data: bytes) -> bool:
    """Whether bytes begin with the headers of an e-mail: several lines of the kind, two of them well known."""
    head = data[:8192].replace(b"\r\n", b"\n").split(b"\n\n", 1)[0].split(b"\n")
    if not head or not _HEADER.match(head[0]):
        return False
    named = {line.split(b":", 1)[0].lower() for line in head if _HEADER.match(line)}
    return len(named & _KNOWN) >= 3


def from_mail(data: bytes) -> Extracted:
    """The headers that matter as first lines, then the body. Raises ``ExtractionError`` "no_text" for an empty one."""
    try:
        message = BytesParser(policy=policy.default).parsebytes(data)
        lines, attached = _read(message, 0)
        subject, sender = _header(message, "Subject"), _header(message, "From")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ExtractionError(
            "broken", phrase("This e-mail is damaged. Open it where it came from and paste its text.")
        ) from None
    body = "\n\n".join(line for line in lines if line.strip())
    said: list[str] = [phrase("Attached and not read: %(files)s.", files=", ".join(attached))] if attached else []
    if message.defects:
        said.append(phrase("The e-mail breaks the rules of its format: compare the text with the original."))
    name = re.sub(r"\s*<[^>]*>", "", sender).strip(' "')
    return Extracted(
        body=body,
        title=subject or first_line(body),
        authors=[name] if name and "@" not in name else [],
        published_on=_day(message),
        notes=tuple(said),
    )


def _read(message: EmailMessage, depth: int) -> tuple[list[str], list[str]]:
    """Lines of the message, and the names of its attachments."""
    lines = [f"{name}: {value}" for name in _SHOWN if (value := _header(message, name))]
    lines = ["\n".join(lines)] if lines else []
    part = message.get_body(preferencelist=("plain", "html"))
    if part is not None:
        lines += _paragraphs(part)
    attached: list[str] = []
    for one in message.iter_attachments():
        if one.get_content_type() == "message/rfc822" and depth < MAX_DEPTH:
            inner = one.get_content()
            more, names = _read(inner, depth + 1)
            lines += ["Attached e-mail:", *more]
            attached += names
        else:
            attached.append(one.get_filename() or one.get_content_type())
    return lines, attached


def _paragraphs(part: MIMEPart) -> list[str]:
    try:
        content = part.get_content()
    except (LookupError, UnicodeError):
        raw = part.get_payload(decode=True)
        content = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else ""
    if part.get_content_type() == "text/html":
        root = markup.tree_of(content)
        if root is None:
            return []
        counts = markup.clean(root)
        return [*markup.paragraphs(root), *(f"[{note}]" for note in notes.left_out(counts) if "struck" in note)]
    return [block.strip("\n") for block in re.split(r"\n[ \t]*\n", content.replace("\r\n", "\n")) if block.strip()]


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):
        return ""


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError):
        return None
