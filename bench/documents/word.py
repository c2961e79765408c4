"""Word documents written part by part, so that each holds exactly the markup that it is about."""

import io
import zipfile

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def word_file(body: str, *, main: str = "word/document.xml", strict: bool = False, **parts: str) -> bytes:
    """A document with ``body`` inside ``<w:body>``; ``parts``: footnotes, endnotes, numbering, styles, header."""
    namespace = STRICT if strict else TRANSITIONAL
    relations = _STRICT_RELATIONS if strict else _RELATIONS
    names = (
        f'xmlns:w="{namespace}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        f'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_RELATIONS}"'
    )
    roots = {"header": "hdr"}
    types = [f'<Override PartName="/{main}" ContentType="{_TYPE}.document.main+xml"/>']
    links = []
    files = {main: f"<w:document {names}><w:body>{body}</w:body></w:document>"}
    for number, (name, content) in enumerate(parts.items()):
        root = roots.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {names}>{content}</w:{root}>"
        types.append(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{name}+xml"/>')
        links.append(f'<Relationship Id="p{number}" Type="{relations}/{name}" Target="/word/{name}.xml"/>')
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    files["[Content_Types].xml"] = (
        f'<Types {package}content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{''.join(types)}</Types>"
    )
    files["_rels/.rels"] = (
        f'<Relationships {package}relationships"><Relationship Id="r1" Type="{relations}/officeDocument" '
        f'Target="{main}"/></Relationships>'
    )
    folder, _, file = main.rpartition("/")
    files[f"{folder}/_rels/{file}.rels"] = f'<Relationships {package}relationships">{"".join(links)}</Relationships>'
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def run(text: str, look: str = "") -> str:
    """A run of text with this formatting."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def deleted(text: str) -> str:
    """A tracked deletion."""
    return f'<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    """A tracked insertion."""
    return f'<w:ins w:id="2" w:author="A">{run(text)}</w:ins>'
