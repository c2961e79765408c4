"""What differs between two revisions of a claim, in words a reader can follow: part by part, word by word."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles import rating_words
from articles.attribution import Attribution
from articles.choices import OriginKind, RelationKind, Stance
from articles.choices import Severity as Reach
from articles.text import as_label, long_date
from lib.anchoring.text_diff import Piece, readable, words
from readers.http import labels
from readers.http.labels import labelled_fields

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the claim, such as its summary or one piece of evidence."""

    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs here."""
        return any(piece.kind != "same" for piece in self.pieces)


def differences(old: Document, new: Document) -> list[Part]:
    """The parts of both documents, in the order of the new one, each with what was taken out and put in."""
    before, after = dict(_parts(old)), dict(_parts(new))
    keys = [*after, *(key for key in before if key not in after)]
    return [Part(key[0], words(before.get(key, ""), after.get(key, ""))) for key in keys]


def _parts(document: Document) -> Iterator[tuple[tuple[str, str], str]]:
    """The document as (label, which one) → text. ``which`` tells rows of a list apart, in any order."""
    claim, verdict, retraction = document["claim"], document["verdict"], document["retraction"]
    if retraction:
        yield (_("Retraction"), ""), retraction["note"]
        yield (_("Attribution"), ""), _attribution(retraction)
    yield (_("Headline"), ""), document.get("headline", "")
    yield (_("Statement"), ""), claim["text"]
    original = document.get("translation_of")
    yield (_("Translation of"), ""), _("Version %(n)s") % {"n": original["revision"]} if original else ""
    claimant = claim["claimant"]
    yield (_("Said by"), ""), ", ".join(filter(None, (claimant["name"], claimant["role"]))) if claimant else ""
    yield (_("Said on"), ""), _day(claim["claimed_on"])
    yield (_("Topics"), ""), ", ".join(claim["topics"])
    yield (_("Picture"), ""), _picture(document.get("lead_image"))
    yield (_("Origin"), ""), _origin(claim)
    if verdict:
        rating = verdict["rating"]
        yield (
            (_("Verdict"), ""),
            f"{as_label(_rating_word(rating['label']))} {_rating_word(rating['definition'])}",
        )
        yield (_("Summary"), ""), verdict["summary"]
        yield (_("Explanation"), ""), readable(verdict["explanation_html"])
        yield (_("Last checked"), ""), _day(verdict["checked_on"])
    yield (_("Key points"), ""), "\n".join(document.get("key_points", ()))
    yield (_("What we don’t know"), ""), "\n".join(document.get("unknowns", ()))
    yield (_("Authors"), ""), _people(document, "authors")
    yield (_("Checked by"), ""), _people(document, "checked_by")
    yield (_("Next review due"), ""), _day(document.get("recheck_on"))
    yield from _numbered(_("Evidence"), [_evidence(row) for row in document["evidence"]])
    yield (_("Why one source"), ""), document["single_source_reason"]
    yield from _numbered(_("Where it appeared"), [_appearance(row) for row in document["appearances"]])
    yield from _numbered(_("Reply"), [_reply(row) for row in document["replies"]])
    yield from _numbered(_("Related claim"), [_relation(row) for row in document["relations"]])
    yield from _numbered(
        _("Correction"), [(c["at"], f"{Reach(c['severity']).label}. {c['note']}") for c in document["corrections"]]
    )


def _attribution(retraction: Document) -> str:
    """What a retraction says of it; nothing where it is from before there was this key."""
    said = {Attribution.WITHDRAWN.value: _("Withdrawn"), Attribution.KEPT.value: _("Kept")}
    return said.get(retraction.get("attribution", ""), "")


def _numbered(label: str, rows: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], str]]:
    """Rows under the name of what they are about; a second row about the same thing is told apart by its number."""
    seen: dict[str, int] = {}
    for which, text in rows:
        seen[which] = seen.get(which, 0) + 1
        yield (label, f"{which} {seen[which]}"), text


def _evidence(row: Document) -> tuple[str, str]:
    source, archived = row["source"], row["archived"]
    name = source["description"] if source.get("confidential") else source["title"]
    lines = [f"{as_label(Stance(row['stance']).label)} {name}"]
    if not source.get("confidential"):
        lines += [source["publisher"], source["url"], source["interest"]]
    lines += [row["locator"], _quoted(row["quote"]) if row["quote"] else "", row["note"]]
    lines += [f"{as_label(field.label)} {field.text}" for field in labelled_fields(row)]
    if archived:
        lines.append(_("Archived: %(address)s") % {"address": archived["url"] or archived["sha256"]})
    return source.get("id", "confidential"), "\n".join(filter(None, lines))


def _appearance(row: Document) -> tuple[str, str]:
    article = row["article"]
    lines = [f"{article['title']} ({article['publisher']})", labels.locator(row.get("locator", ""))]
    return article["id"], "\n".join(filter(None, (*lines, _quoted(row["quote"]["exact"]))))


def _people(document: Document, key: str) -> str:
    return "\n".join(", ".join(filter(None, (one["name"], one["line"]))) for one in document.get(key, ()))


def _origin(claim: Document) -> str:
    kind = labels.label(OriginKind, claim.get("origin_kind", ""))
    return "\n".join(filter(None, (kind, claim.get("origin", ""), claim.get("origin_url", ""))))


def _picture(said: Document | None) -> str:
    """What is said about it, and which it is: another picture may be described in the same words."""
    if not said:
        return ""
    places = [f"{one['name']}: {one['latitude']}, {one['longitude']}" for one in said.get("places", ())]
    lines = (said["alt"], said["credit"], said["licence"], *places, f"SHA-256 {said['sha256'][:16]}…")
    return "\n".join(filter(None, lines))


def _reply(row: Document) -> tuple[str, str]:
    asked = _("%(who)s, asked on %(day)s") % {"who": row["asked"], "day": _day(row["asked_on"])}
    return f"{row['asked']} {row['asked_on']}", "\n".join(filter(None, (asked, row["answer"])))


def _rating_word(words: str) -> str:
    return rating_words.in_language(words, get_language() or "")


def _quoted(words: str) -> str:
    return _("“%(statement)s”") % {"statement": words}


def _day(day: str | None) -> str:
    return long_date(day) if day else ""


def _relation(row: Document) -> tuple[str, str]:
    return row["claim"]["id"], f"{as_label(RelationKind(row['kind']).label)} {row['claim']['text']}"
