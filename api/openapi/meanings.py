"""What each field of a record means: said once, for the OpenAPI document and for the table in docs/api/records.md."""

from typing import Any, Final

Schema = dict[str, Any]

_PLACE: Final = "Address of its page. It never changes."
_SLUG: Final = "The readable end of its address. It never changes."
#: By component, then by the field's path in it. Items of a list have the path of the list.
MEANINGS: Final[dict[str, dict[str, str]]] = {
    "Record": {
        "schema": "How to read this record. Another format would have another name.",
        "kind": "What this record did: first publication, update, correction or retraction.",
        "claim": "The claim that was checked.",
        "claim.id": "Its id. It never changes.",
        "claim.slug": _SLUG,
        "claim.url": _PLACE,
        "claim.text": "The claim in one sentence, in the newsroom's words.",
        "claim.language": "Its language (BCP 47).",
        "claim.claimed_on": "When it was said.",
        "claim.claimant": "Who said it.",
        "claim.topics": "Its subjects, in the newsroom's spelling.",
        "appearances": "The passages of articles in which the claim was made.",
        "appearances.article": "The article.",
        "appearances.quote.exact": "The words in which the claim was made.",
        "appearances.quote.prefix": "The text before them, to find them again.",
        "appearances.quote.suffix": "The text after them.",
        "appearances.position.start": "Code points before the passage.",
        "appearances.position.end": "Code points before the first one after the passage.",
        "verdict": "The newsroom's conclusion; null in a retraction.",
        "verdict.rating": "The value on the newsroom's scale.",
        "verdict.rating.key": "The name of the rating for programs. It never changes.",
        "verdict.rating.label": "Its name for readers, as it was worded at that time.",
        "verdict.rating.definition": "What it means, as it was worded at that time.",
        "verdict.rating.best": "The value of the best rating of the scale.",
        "verdict.rating.worst": "The value of the worst one.",
        "verdict.rating.tone": "The colour and the sign that pages show; independent of the label.",
        "verdict.summary": "The reason in one or two sentences, as plain text.",
        "verdict.explanation_html": (
            "The whole reasoning, as clean HTML: paragraphs, lists, quotes, links, tables. "
            '`<a href="#evidence-2" class="cite">` cites the second piece of evidence. '
            "`<figure data-chart>` is a chart as the table of its figures, `<figure><img>` a picture with its credit."
        ),
        "verdict.checked_on": "The day on which the check was done.",
        "authors.name": "The public name, as the person had it at that time.",
        "checked_by.name": "The public name, as the person had it at that time.",
        "evidence": "What the verdict rests on.",
        "evidence.stance": "Whether it supports the claim, refutes it or gives context.",
        "evidence.quote": "What the source says, in its own words.",
        "evidence.locator": "The place in the source: page, section, point or time.",
        "evidence.note": "What it shows, in the newsroom's words.",
        "evidence.source": "The source, or a description of it when its name is kept back.",
        "evidence.archived": "The stored copy of the source; null when there is none.",
        "evidence.archived.url": "Address of the copy.",
        "evidence.archived.sha256": "SHA-256 of its bytes, in hexadecimal digits.",
        "evidence.archived.at": "When it was made.",
        "single_source_reason": "Why one source is enough; empty when there are several.",
        "lead_image.sha256": "SHA-256 of the picture as the newsroom keeps it, in hexadecimal digits.",
        "lead_image.alt": "What it shows, for readers who cannot see it.",
        "lead_image.credit": "Who made it.",
        "lead_image.licence": "On what terms it is shown.",
        "lead_image.width": "Its width in pixels.",
        "lead_image.height": "Its height in pixels.",
        "replies": "Who was asked about the claim, and what they answered.",
        "replies.asked": "The person or organisation.",
        "replies.asked_on": "The day on which they were asked.",
        "replies.means": "How they were asked.",
        "replies.answer": "Their answer; empty when there is none.",
        "replies.answered_on": "The day of the answer; null when there is none.",
        "relations": "Other published claims that this one has to do with.",
        "relations.kind": "What this claim does to the other one: `repeats` says the same.",
        "relations.claim": "The other claim.",
        "relations.claim.id": "Its id.",
        "relations.claim.slug": _SLUG,
        "relations.claim.url": _PLACE,
        "relations.claim.text": "Its statement at that time.",
        "corrections": "What was wrong in earlier records.",
        "corrections.at": "When the correction was published.",
        "corrections.severity": "Whether the verdict changed (`verdict`) or something smaller (`minor`).",
        "corrections.note": "What was wrong, for readers.",
        "retraction": "Why the verdict was withdrawn; null when it was not.",
        "retraction.at": "When it was withdrawn.",
        "retraction.note": "The reason, for readers.",
        "first_published_at": "When the claim's first record was published.",
        "published_at": "When this record was published.",
        "translation_of.id": "Id of the original claim.",
        "translation_of.slug": _SLUG,
        "translation_of.url": _PLACE,
        "translation_of.text": "The original statement.",
        "translation_of.language": "The language of the original (BCP 47).",
        "translation_of.revision": "The revision of the original that was translated.",
        "imported.from": "Name of the earlier site.",
        "imported.url": "Address of the check there; null when it had none.",
        "imported.first_published_at": "The day on which it was published there; null when nobody knows.",
    },
    "Article": {
        "id": "Its id. It never changes.",
        "slug": _SLUG,
        "title": "Its title.",
        "publisher": "Who published it.",
        "url": "Where it is.",
        "published_on": "When it was published.",
        "language": "Its language (BCP 47).",
        "authors": "The names of its authors.",
    },
    "Claimant": {
        "id": "Their id. It never changes.",
        "slug": _SLUG,
        "name": "The name.",
        "kind": "A person, an organisation, a news outlet or a government body.",
        "role": "What they are, such as “mayor of Lindholm”.",
        "same_as": "Addresses of pages about them elsewhere.",
    },
    "Source": {
        "id": "Its id. It never changes.",
        "slug": _SLUG,
        "title": "Its title.",
        "publisher": "Who published it.",
        "url": "Where it is.",
        "kind": "What it is.",
        "primary": "Whether it is a primary source: not a report about one.",
        "published_on": "When it was published.",
        "interest": "What the source has to gain, in the newsroom's words; empty when nothing is known.",
    },
}


def explained(components: dict[str, Schema]) -> dict[str, Schema]:
    """The components, each field of a record with its meaning."""
    return {name: _explain(part, MEANINGS.get(name, {})) for name, part in components.items()}


def _explain(schema: Schema, meanings: dict[str, str], path: str = "") -> Schema:
    """A copy of ``schema`` with the meaning of each field below ``path`` before what it says itself."""
    found = dict(schema)
    if "items" in schema:
        found["items"] = _explain(schema["items"], meanings, path)
    if "oneOf" in schema:
        found["oneOf"] = [_explain(one, meanings, path) for one in schema["oneOf"]]
    if "properties" in schema:
        found["properties"] = {
            name: _with_meaning(_explain(below, meanings, _join(path, name)), meanings.get(_join(path, name), ""))
            for name, below in schema["properties"].items()
        }
    return found


def _with_meaning(schema: Schema, meaning: str) -> Schema:
    if not meaning:
        return schema
    return {**schema, "description": " ".join(filter(None, (meaning, schema.get("description", ""))))}


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
