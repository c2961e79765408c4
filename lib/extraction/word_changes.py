"""A Word document with all its changes accepted, and without what Word does not show.

Works on the document's XML (ECMA-376, part 1, 17): deletions, moved-from text, hidden and struck-through runs go,
insertions and content controls are opened, list numbers become text, text boxes become paragraphs.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from lib.extraction import markup, visibility, word_lists, word_styles

#: Wrappers that show what is in them.
_OPENED = frozenset(
    {"ins", "moveTo", "smartTag", "customXml", "sdtContent", "bdo", "dir", "fldSimple", "ruby", "rubyBase"}
)
#: Wrappers and marks of which nothing is shown.
_DROPPED = frozenset(
    {
        *("del", "moveFrom", "sdtPr", "sdtEndPr", "delText", "delInstrText", "commentReference", "annotationRef"),
        *("commentRangeStart", "commentRangeEnd", "customXmlPr", "smartTagPr", "rubyPr"),
    }
)
_MAIN = ("document", "footnotes", "endnotes")


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def child(element: Any, name: str) -> Any | None:
    """The first child of that name, in any namespace."""
    return next((one for one in element if local(one) == name), None)


def value(element: Any | None, name: str = "val") -> str:
    """An attribute, in any namespace."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if etree.QName(key).localname == name), "")


def accepted(data: bytes) -> tuple[bytes, Counter[str]]:
    """The document as Word shows it with all changes accepted, and how much of each kind was left out."""
    counts: Counter[str] = Counter()
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as new:
        parts = {name: _root(old, name) for name in old.namelist() if name.endswith(".xml")}
        styles = word_styles.read(_named(parts, "styles"))
        lists = word_lists.Lists(_named(parts, "numbering"), styles)
        noted = {kind: _ids(_named(parts, kind)) for kind in ("footnotes", "endnotes")}
        for name in old.namelist():
            root = parts.get(name)
            if root is not None and local(root) in _MAIN:
                _Cleaner(styles, lists, counts, noted).clean(root)
                new.writestr(name, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
            else:
                new.writestr(name, old.read(name))
            if root is not None and local(root) in ("hdr", "ftr") and "".join(root.itertext()).strip():
                counts["headers"] += 1
    return held.getvalue(), counts


def _root(archive: zipfile.ZipFile, name: str) -> Any | None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(archive.read(name), parser)
    except etree.XMLSyntaxError:
        if name.startswith("word/document"):
            raise
        return None


def _named(parts: dict[str, Any], name: str) -> Any | None:
    return next((root for root in parts.values() if root is not None and local(root) == name), None)


def _ids(root: Any | None) -> set[str]:
    """The ids of the notes that have a body."""
    return {value(note, "id") for note in root if value(note, "type") == ""} if root is not None else set()


class _Cleaner:
    """One pass over a part of the document."""

    def __init__(
        self, styles: word_styles.Styles, lists: word_lists.Lists, counts: Counter[str], noted: dict[str, set[str]]
    ) -> None:
        self.styles, self.lists, self.counts, self.noted = styles, lists, counts, noted

    def clean(self, root: Any) -> None:
        """Change the tree in place."""
        self._choose(root)
        for element in _each(root, lambda name: name in ("del", "moveFrom")):
            self.counts["deletions"] += bool(_text(element))
        for element in _each(root, lambda name: name == "tr"):
            self._drop_deleted_row(element)
        for element in reversed(list(_each(root, lambda name: name == "p"))):
            _merge_if_mark_deleted(element)
        for element in _each(root, lambda name: name in ("ins", "moveTo")):
            self.counts["insertions"] += bool(_text(element))
        self.counts["comments"] += sum(1 for _ in _each(root, lambda name: name == "commentReference"))
        for element in _each(root, lambda name: name == "oMath"):
            self.counts["formulas"] += 1
            _drop(element)
        for element in _each(root, lambda name: name == "rt"):
            _put_in_brackets(element)
        for element in _each(root, lambda name: name in _DROPPED):
            _drop(element)
        for element in _each(root, lambda name: name in _OPENED or name == "sdt"):
            _open(element)
        for run in _each(root, lambda name: name == "r"):
            self._run(run)
        self._lift_text_boxes(root)
        for paragraph in _each(root, lambda name: name == "p"):
            self._paragraph(paragraph)

    def _choose(self, root: Any) -> None:
        """Of drawings that are there twice, for new and old versions of Word, the one with the text."""
        for alternate in _each(root, lambda name: name == "AlternateContent"):
            choices = sorted(alternate, key=lambda one: -len(_text(one)))
            if choices:
                for part in list(choices[0]):
                    alternate.addprevious(part)
            _drop(alternate)

    def _drop_deleted_row(self, row: Any) -> None:
        properties = child(row, "trPr")
        if properties is not None and child(properties, "del") is not None:
            self.counts["deletions"] += bool(_text(row))
            _drop(row)

    def _run(self, run: Any) -> None:
        look = self.styles.of_run(run)
        has_text = bool(_text(run).strip())
        if look.is_hidden or look.is_struck:
            self.counts[visibility.HIDDEN if look.is_hidden else visibility.STRUCK] += has_text
            _drop(run)
            return
        for mark in list(run):
            name = local(mark)
            if name in ("footnoteReference", "endnoteReference"):
                if value(mark, "id") not in self.noted[name.replace("Reference", "s")]:
                    _drop(mark)
            elif name in ("drawing", "pict", "object"):
                is_chart = any(local(one) == "chart" for one in mark.iter())
                is_picture = any(local(one) in ("blip", "imagedata") for one in mark.iter())
                self.counts["charts"] += is_chart
                self.counts[markup.PICTURES] += is_picture and not is_chart

    def _lift_text_boxes(self, root: Any) -> None:
        """The paragraphs of a text box, after the paragraph that it hangs on."""
        for box in _each(root, lambda name: name == "txbxContent"):
            holder = next((above for above in box.iterancestors() if local(above) == "p"), None)
            if holder is None:
                continue
            last = holder
            for part in [deepcopy(one) for one in box]:
                last.addnext(part)
                last = part
            for part in list(box):
                box.remove(part)

    def _paragraph(self, paragraph: Any) -> None:
        properties = child(paragraph, "pPr")
        if properties is None:
            return
        if value(child(properties, "framePr"), "dropCap") in ("drop", "margin"):
            _join_with_next(paragraph)
            return
        number = self.lists.number(paragraph)
        if number:
            # Without its list and its style, nothing else numbers the paragraph a second time.
            for name in ("numPr", "pStyle"):
                listed = child(properties, name)
                if listed is not None:
                    properties.remove(listed)
            _begin_with(paragraph, number)


def _each(root: Any, wanted: Callable[[str], bool]) -> Iterator[Any]:
    """The elements of these names that are still in the tree when they are reached."""
    return iter([element for element in root.iter(etree.Element) if wanted(local(element))])


def _text(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter() if local(one) in ("t", "delText"))


def _drop(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _open(element: Any) -> None:
    """Put the children of a wrapper in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, part in enumerate(list(element)):
        parent.insert(at + offset, part)
    parent.remove(element)


def _put_in_brackets(reading: Any) -> None:
    """The reading that is printed above a word (ruby), in brackets after the word."""
    texts = [one for one in reading.iter() if local(one) == "t" and one.text]
    ruby = reading.getparent()
    if texts and ruby is not None:
        texts[0].text = f"（{texts[0].text}"
        texts[-1].text = f"{texts[-1].text}）"
        for part in list(reading):
            ruby.append(part)
    _drop(reading)


def _merge_if_mark_deleted(paragraph: Any) -> None:
    """Where the mark that ends a paragraph was deleted, the next one goes on in it."""
    properties = child(paragraph, "pPr")
    mark = child(properties, "rPr") if properties is not None else None
    following = paragraph.getnext()
    if mark is None or child(mark, "del") is None or following is None or local(following) != "p":
        return
    for part in [one for one in following if local(one) != "pPr"]:
        paragraph.append(part)
    _drop(following)


def _join_with_next(paragraph: Any) -> None:
    """A drop cap is the first letter of the paragraph after it."""
    following = paragraph.getnext()
    if following is None or local(following) != "p":
        return
    at = 1 if child(following, "pPr") is not None else 0
    for offset, run in enumerate([one for one in paragraph if local(one) == "r"]):
        following.insert(at + offset, run)
    _drop(paragraph)


def _begin_with(paragraph: Any, words: str) -> None:
    """Put a run with these words before the paragraph's own."""
    namespace = etree.QName(paragraph).namespace
    run = etree.Element(f"{{{namespace}}}r")
    text = etree.SubElement(run, f"{{{namespace}}}t")
    text.text = f"{words} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    paragraph.insert(1 if child(paragraph, "pPr") is not None else 0, run)
