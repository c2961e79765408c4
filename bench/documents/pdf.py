"""PDF files written part by part: pages with a text layer, in any script."""

_LOCK = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O ({'0' * 32}) /U ({'0' * 32}) /P -4 >> /ID [(a) (b)] "
_LATIN_FONT = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
_DESCENDANT = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Any /DW 500 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
)


def pdf(*pages: str, encrypted: bool = False, is_unicode: bool = False) -> bytes:
    """A PDF with one text a page; each line of a text is a line of the page.

    ``is_unicode``: the font's codes are mapped to Unicode by a ToUnicode map (ISO 32000-1, 9.10.3), as word processors
    write it for scripts that one byte cannot hold.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _LATIN_FONT.encode()]
    if is_unicode:
        objects += [_stream(_to_unicode().encode()), _DESCENDANT.encode()]
        objects[2] = (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /Identity-H /DescendantFonts [5 0 R] "
            b"/ToUnicode 4 0 R >>"
        )
    kids = []
    for text in pages:
        objects.append(_stream(_content(text, is_unicode=is_unicode)))
        content = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {content} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _file(objects, locked=_LOCK if encrypted else "")


def _content(text: str, *, is_unicode: bool) -> bytes:
    if not text:
        return b""
    written = [line.encode("utf-16-be").hex().join("<>") if is_unicode else f"({line})" for line in text.split("\n")]
    return f"BT /F1 12 Tf 14 TL 50 700 Td {''.join(f'{line} Tj T* ' for line in written)}ET".encode("cp1252")


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _to_unicode() -> str:
    rows = [f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in range(0xD8)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    ranges = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{ranges}\nendcmap end end"
    )


def _file(objects: list[bytes], *, locked: str) -> bytes:
    body, at = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        at.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += f"xref\n0 {len(at) + 1}\n0000000000 65535 f \n".encode()
    body += b"".join(b"%010d 00000 n \n" % n for n in at)
    return body + f"trailer << /Size {len(at) + 1} /Root 1 0 R {locked}>>\nstartxref\n{start}\n%%EOF".encode()
