"""XML out of texts that may hold what XML cannot: somebody pastes a vertical tab, and a feed would be no feed."""

from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.xmlutils import SimplerXMLGenerator

from articles import text


class Writer(SimplerXMLGenerator):
    """Django's writer, which refuses a document with control characters in it; here they are left out."""

    def characters(self, content: str) -> None:
        """Text between tags."""
        super().characters(text.for_xml(content))

    def startElement(self, name: str, attrs: Any) -> None:  # SAX calls it so
        """A tag with its attributes."""
        kept = {key: text.for_xml(str(value)) for key, value in attrs.items()}
        super().startElement(name, AttributesImpl(kept))


class Atom(Atom1Feed):
    """Atom whose entries say what language they are in."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        """Of the element ``entry``."""
        return {"xml:lang": item["language"]}

    def write(self, outfile: Any, encoding: str) -> None:
        """As Django does it, with a ``Writer``."""
        handler = Writer(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("feed", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("feed")


class Rss(Rss201rev2Feed):
    """RSS 2.0 whose items say what language they are in."""

    def rss_attributes(self) -> dict[str, str]:
        """Of the element ``rss``."""
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        """What stands in an item."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:language", item["language"])

    def write(self, outfile: Any, encoding: str) -> None:
        """As Django does it, with a ``Writer``."""
        handler = Writer(outfile, encoding, short_empty_elements=True)
        handler.startDocument()
        handler.startElement("rss", self.rss_attributes())
        handler.startElement("channel", self.root_attributes())
        self.add_root_elements(handler)
        self.write_items(handler)
        handler.endElement("channel")
        handler.endElement("rss")
        handler.endDocument()
