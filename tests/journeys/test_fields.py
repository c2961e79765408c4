"""Each field of an article, a claim, its evidence and its sources can be entered, sent, asked for and published.

Somebody who adds a field to a model decides about four places: the desk's form, the API's request, the API's response
and the public record. Where a field is left out on purpose, ``LEFT_OUT`` says why.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model
from django.urls import reverse
from lxml import html

from api.openapi.views import openapi
from articles.models import Article, Claim, Evidence, Source
from articles.selectors.log import record_content
from articles.services import translations
from lib.parsing.inexact_dates import InexactDate
from tests import newsroom
from tests.desk.pages import page_of, signed_in
from tests.findings import assert_none
from tests.readers.conftest import full

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

MODELS: dict[str, type[Model]] = {"article": Article, "claim": Claim, "evidence": Evidence, "source": Source}
PLACES = ("form", "request", "response", "record")
#: Where the API takes a row (method and path) and where it gives one.
TAKES = {
    "article": [("post", "articles/"), ("patch", "articles/{article_id}/")],
    "claim": [("post", "claims/"), ("patch", "claims/{claim_id}/")],
    "evidence": [("post", "claims/{claim_id}/evidence/")],
    "source": [("post", "sources/"), ("patch", "sources/{source_id}/")],
}
GIVES = {
    "article": ("articles/{article_id}/", "200"),
    "claim": ("claims/{claim_id}/", "200"),
    "evidence": ("claims/{claim_id}/evidence/{pk}/", "200"),
    "source": ("sources/{source_id}/", "200"),
}
#: Where a field has another name than in the model; a dot leads into an object.
RENAMED = {
    ("evidence.capture", "record"): "archived",
    ("source.is_primary", "record"): "primary",
    ("source.interest_note", "record"): "interest",
    ("source.is_confidential", "record"): "confidential",
    ("source.public_description", "record"): "description",
    ("claim.translated_revision", "record"): "translation_of.revision",
}

_MADE = "the desk's history says who made the row and when"
_GIVEN = "the service gives it when the row is made"
_VERSION = "the page's hidden desk_version and the API's If-Match say which version was seen"
_TRANSLATION = "set by the button that begins a translation or brings it up to date"
_TRANSLATION_IN_API = "translations are worked on in the admin; the read API's record says what a claim translates"
_PLANNING = "readers do not see how the newsroom plans its work"
_COUNTER = "the desk's counter of changes; readers have the revision"
_OF_CLAIM = "the address, and in a record the record itself, says which claim the evidence belongs to"
_REFERENCE = {
    "form": "the identifier that a program has for the row; people see it, programs write it",
    "record": "never public",
}
_MERGE = "a merge sets it; the page of a merged row says so"
_KEY = "the key of the title, for finding it in another spelling"
_IN_HISTORY = {"form": _MADE, "request": _MADE, "response": _MADE, "record": _MADE}
_BY_SERVICE = {"form": _GIVEN, "request": _GIVEN}
_BY_HEADER = {"form": _VERSION, "request": _VERSION, "record": _COUNTER}
#: Field → place → why it is not there.
LEFT_OUT: dict[str, dict[str, str]] = {
    "article.id": _BY_SERVICE,
    "article.slug": _BY_SERVICE,
    "article.version": _BY_HEADER,
    "article.reference": _REFERENCE,
    "article.created_by": _IN_HISTORY,
    "article.created_at": _IN_HISTORY,
    "claim.id": _BY_SERVICE,
    "claim.slug": _BY_SERVICE,
    "claim.version": _BY_HEADER,
    "claim.reference": _REFERENCE,
    "claim.created_by": dict.fromkeys(("form", "request", "record"), _MADE),
    "claim.created_at": dict.fromkeys(("form", "request", "record"), _MADE),
    "claim.updated_at": {**_BY_SERVICE, "record": "a record has the time of its publication"},
    "claim.stage": {
        "form": "changed by steps, each with a button of its own",
        "request": "changed by steps: actions/{transition}/",
        "record": "a record says what happened to the claim in public: its kind",
    },
    "claim.is_unattributed": {"record": "a claimant of null says it"},
    "claim.why_chosen": {"record": "a note for colleagues; approvals are not about it"},
    "claim.assignee": {"record": _PLANNING},
    "claim.due_on": {"record": _PLANNING},
    "claim.chosen_authors": {"record": "a record names the authors who chose a public name"},
    "claim.translation_of": {"form": _TRANSLATION, "request": _TRANSLATION, "response": _TRANSLATION_IN_API},
    "claim.translated_revision": {"form": _TRANSLATION, "request": _TRANSLATION, "response": _TRANSLATION_IN_API},
    "evidence.id": {**_BY_SERVICE, "record": "readers have the order of the list"},
    "evidence.claim": {"form": _OF_CLAIM, "request": _OF_CLAIM, "response": _OF_CLAIM, "record": _OF_CLAIM},
    "evidence.position": {"record": "the order of the list says it"},
    "evidence.created_by": _IN_HISTORY,
    "evidence.created_at": _IN_HISTORY,
    "source.id": _BY_SERVICE,
    "source.slug": _BY_SERVICE,
    "source.version": _BY_HEADER,
    "source.reference": _REFERENCE,
    "source.folded": dict.fromkeys(PLACES, _KEY),
    "source.merged_into": {"form": _MERGE, "request": _MERGE, "record": _MERGE},
    "source.created_by": _IN_HISTORY,
    "source.created_at": _IN_HISTORY,
}


def _schema(document: dict[str, Any], content: dict[str, Any]) -> set[str]:
    """The names of an object as OpenAPI describes it."""
    schema = content["application/json"]["schema"]
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return set(schema["properties"])


def _requests(document: dict[str, Any], model: str) -> set[str]:
    operations = [document["paths"][f"/api/v1/desk/{path}"][method] for method, path in TAKES[model]]
    return set.intersection(*(_schema(document, one["requestBody"]["content"]) for one in operations))


def _responses(document: dict[str, Any], model: str) -> set[str]:
    path, status = GIVES[model]
    operations = document["paths"][f"/api/v1/desk/{path}"]
    operation = operations.get("get") or operations["patch"]
    return _schema(document, operation["responses"][status]["content"])


def _controls(user: Any, address: str) -> set[str]:
    """The names of what a person can fill in on a page."""
    page = html.fromstring(signed_in(user).get(address).content)
    return set(page.xpath("//*[self::input[not(@type='hidden')] or self::select or self::textarea]/@name"))


def _forms(people: SimpleNamespace) -> dict[str, set[str]]:
    """For each model, the names of what a person can fill in. A row below a claim is ``evidence-0-stance``."""
    claim = newsroom.complete(people.reporter)
    passage, piece = claim.appearances.get(), claim.evidence.select_related("source")[0]
    of_claim = _controls(people.editor, page_of(claim))
    return {
        "article": _controls(people.editor, page_of(passage.article_version.article)),
        "claim": of_claim,
        "evidence": {name.rpartition("-")[2] for name in of_claim if re.fullmatch(r"evidence-\w+-[a-z_]+", name)}
        | _controls(people.editor, reverse("admin:articles_claim_evidence", args=[claim.pk])),
        "source": _controls(people.editor, page_of(piece.source)),
    }


def _documents(people: SimpleNamespace) -> dict[str, list[tuple[Model, Mapping[str, Any]]]]:
    """Rows of each model beside what a record says of them; a source that is confidential and a translation, too."""
    by = people.reporter
    newsroom.article(by, authors=["Mara Ellison"], published_on=date(2026, 2, 24), url="https://herald.example/bridge")
    address = {"origin_kind": "broadcast", "origin_url": "https://radio.example/7"}
    said = {
        "origin": "Radio Lindholm",
        **address,
        "single_source_reason": "The accounts are public.",
        "why_chosen": "A vote.",
        "headline": "The bridge cost 17.4 million",
        "key_points": ["The accounts give 17.4 million."],
        "unknowns": ["Who decided about the second contract."],
    }
    claim = full(people, recheck_on=date(2026, 9, 1), due_on=date(2026, 3, 9), **said)
    record = newsroom.record_of(claim).document()
    french = {"language": "fr", "text": "Le pont a coûté 12 millions", "summary": "Les comptes disent autre chose."}
    translation = translations.begin(original=claim, by=by, at=newsroom.AT, **french)
    translated = record_content.content(translation)
    pieces = list(zip(claim.evidence.select_related("source"), record["evidence"], strict=True))
    return {
        "article": [(newsroom.article(by), record["appearances"][0]["article"])],
        "claim": [(claim, record | record["claim"]), (translation, translated | translated["claim"])],
        "evidence": pieces,
        "source": [(piece.source, document["source"]) for piece, document in pieces],
    }


def _recorded(field: Any, path: str, rows: list[tuple[Model, Mapping[str, Any]]]) -> bool:
    """Whether a record says the field under this name, and says in each row what the row has."""
    found = [(row, _lookup(document, path)) for row, document in rows]
    said = [(row, value) for row, value in found if value is not _NOTHING]
    return bool(said) and (field.is_relation or all(_stated(field.value_from_object(row)) == v for row, v in said))


_NOTHING = object()


def _lookup(document: Mapping[str, Any], path: str) -> Any:
    value: Any = document
    for name in path.split("."):
        if name not in value:
            return _NOTHING
        value = value[name]
    return value


def _stated(value: Any) -> Any:
    """A value as a record writes it."""
    if isinstance(value, date | InexactDate):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@pytest.fixture
def present(people: SimpleNamespace) -> dict[str, set[str]]:
    """For each field, as ``model.field``, the places where it is."""
    described, forms, documents = json.loads(openapi()), _forms(people), _documents(people)
    found: dict[str, set[str]] = {}
    for model, kind in MODELS.items():
        names = {
            "form": forms[model],
            "request": _requests(described, model),
            "response": _responses(described, model),
        }
        for field in kind._meta.concrete_fields:
            key = f"{model}.{field.name}"
            found[key] = {place for place, known in names.items() if RENAMED.get((key, place), field.name) in known}
            if _recorded(field, RENAMED.get((key, "record"), field.name), documents[model]):
                found[key].add("record")
    return found


def test_every_field_is_in_form_api_and_record_or_is_left_out_for_a_reason(present: dict[str, set[str]]) -> None:
    missing = [
        f"{field} is not in the {place}: put it there, or say in LEFT_OUT why it is left out"
        for field, places in present.items()
        for place in PLACES
        if place not in places and not LEFT_OUT.get(field, {}).get(place)
    ]
    assert_none(missing)


def test_what_is_left_out_is_a_field_that_is_nowhere_in_that_place(present: dict[str, set[str]]) -> None:
    stale = [f"{field} is no field" for field in LEFT_OUT if field not in present]
    stale += [
        f"{field} is in the {place}: take it out of LEFT_OUT"
        for field, places in LEFT_OUT.items()
        for place in places
        if place in present.get(field, ())
    ]
    assert_none(stale)
