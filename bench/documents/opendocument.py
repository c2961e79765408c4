"""OpenDocument texts written part by part."""

import io
import zipfile

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)
#: Character styles: ``S`` is struck through, ``U`` is raised.
_STYLES = (
    '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="U"><style:text-properties style:text-position="super 58%"/></style:style>'
)


def odt(content: str) -> bytes:
    """A text document whose ``office:text`` holds ``content``."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_NAMES}><office:automatic-styles>{_STYLES}</office:automatic-styles>"
            f"<office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
    return held.getvalue()


def paragraph(inside: str) -> str:
    """A paragraph."""
    return f"<text:p>{inside}</text:p>"


def span(style: str, inside: str) -> str:
    """Words in a character style."""
    return f'<text:span text:style-name="{style}">{inside}</text:span>'


def note(mark: str, inside: str) -> str:
    """A footnote at this place."""
    return (
        f"<text:note><text:note-citation>{mark}</text:note-citation>"
        f"<text:note-body>{paragraph(inside)}</text:note-body></text:note>"
    )


def row(*cells: str) -> str:
    """A table of one row."""
    inside = "".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in cells)
    return f"<table:table><table:table-row>{inside}</table:table-row></table:table>"


def deletion(inside: str) -> str:
    """A tracked deletion, as OpenDocument keeps it before the text."""
    return (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{paragraph(inside)}</text:deletion></text:changed-region></text:tracked-changes>"
    )
