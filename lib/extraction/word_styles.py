"""The styles of a Word document, as far as they decide what is seen: hidden, struck through, numbered."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(element: Any | None, name: str) -> Any | None:
    return next((one for one in element if _local(one) == name), None) if element is not None else None


def _value(element: Any | None, name: str = "val") -> str | None:
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if etree.QName(key).localname == name), None)


@dataclass(frozen=True, slots=True)
class Look:
    """What a run's formatting says. None means that it says nothing."""

    hidden: bool | None = None
    struck: bool | None = None

    @property
    def is_hidden(self) -> bool:
        """Whether Word does not show it."""
        return bool(self.hidden)

    @property
    def is_struck(self) -> bool:
        """Whether a line goes through it."""
        return bool(self.struck)

    def over(self, below: "Look") -> "Look":
        """This formatting on top of another."""
        return Look(
            self.hidden if self.hidden is not None else below.hidden,
            self.struck if self.struck is not None else below.struck,
        )


@dataclass(slots=True)
class Styles:
    """Each style by its id: what it says itself, and which it is based on."""

    looks: dict[str, Look] = field(default_factory=dict)
    numbered: dict[str, Any] = field(default_factory=dict)
    based_on: dict[str, str] = field(default_factory=dict)

    def of_run(self, run: Any) -> Look:
        """How a run looks: its own formatting, then its style's, then its paragraph's."""
        own = _child(run, "rPr")
        look = _look(own).over(self._look_of(_value(_child(own, "rStyle"))))
        paragraph = next((above for above in run.iterancestors() if _local(above) == "p"), None)
        style = _value(_child(_child(paragraph, "pPr"), "pStyle"))
        return look.over(self._look_of(style))

    def numbering(self, style: str | None) -> Any | None:
        """The list that a paragraph's style belongs to, if any."""
        for name in self._chain(style):
            if name in self.numbered:
                return self.numbered[name]
        return None

    def _look_of(self, style: str | None) -> Look:
        look = Look()
        for name in self._chain(style):
            look = look.over(self.looks.get(name, Look()))
        return look

    def _chain(self, style: str | None) -> list[str]:
        chain: list[str] = []
        while style and style not in chain:
            chain.append(style)
            style = self.based_on.get(style)
        return chain


def read(root: Any | None) -> Styles:
    """The styles of ``styles.xml``; none where the document has no such part."""
    styles = Styles()
    for style in root if root is not None else ():
        name = _value(style, "styleId")
        if _local(style) != "style" or not name:
            continue
        styles.looks[name] = _look(_child(style, "rPr"))
        base = _value(_child(style, "basedOn"))
        if base:
            styles.based_on[name] = base
        listed = _child(_child(style, "pPr"), "numPr")
        if listed is not None:
            styles.numbered[name] = listed
    return styles


def _look(properties: Any | None) -> Look:
    strikes = [one for one in (_on(properties, "strike"), _on(properties, "dstrike")) if one is not None]
    return Look(hidden=_on(properties, "vanish"), struck=any(strikes) if strikes else None)


def _on(properties: Any | None, name: str) -> bool | None:
    """A switch of the formatting (ST_OnOff): there without a value means on."""
    found = _child(properties, name)
    return None if found is None else (_value(found) or "true").lower() not in ("0", "false", "off", "none")
