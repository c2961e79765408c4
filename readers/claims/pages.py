"""A claim's page, its history, and each revision as it was published."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from articles import attribution, claim_addresses
from articles.claim_review import claim_review, linked_data, script
from articles.models import PublishedClaim, Record
from articles.selectors.readers import published
from articles.selectors.readers import translations as readers_translations
from articles.selectors.readers.translations import TranslatedClaim
from caching import keys
from lib.parsing.errors import ParseError
from lib.parsing.integers import parse_integer
from readers.claims import answers, differences, page_view, record_view, share, timeline, translations
from readers.http import languages, pictures, qr, view_models
from readers.http.holding import UNTIL_PUBLISHED, until
from readers.http.responses import BadAddressError, cached, proof_page, readers_page
from readers.http.topic_views import View, mark


@proof_page
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim as its newest record has it: the finding, or that it was retracted."""
    row, faces = readers_translations.claim(slug)
    today = localdate()
    months = page_view.months_old(row.record, today)
    response = cached(
        request,
        "claim",
        row.record.sha256,
        str(months),
        *(face.name for face in faces),
        keys=_keys(row, faces),
        make=lambda: record_page(request, row, row.record, faces, is_permalink=False, more={"months_old": months}),
        right_for=until(page_view.next_change(row.record, today)),
    )
    mark(response, View(row.slug, tuple(row.topics)))
    return response


@proof_page
def revision(request: HttpRequest, slug: str, revision: int) -> HttpResponse:
    """One revision for good, newest or not; it says which."""
    row, faces = readers_translations.claim(slug)
    record = published.revision(row.claim_id, revision)
    return cached(
        request,
        "revision",
        record.sha256,
        row.record.sha256,
        *(face.name for face in faces),
        keys=_keys(row, faces),
        make=lambda: record_page(request, row, record, faces, is_permalink=True),
        right_for=UNTIL_PUBLISHED,
    )


@readers_page
def jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A claim as JSON-LD, for programs."""
    row = published.claim(slug=slug)

    def make() -> HttpResponse:
        said = json.dumps(linked_data(row.record.document()), ensure_ascii=False, indent=1)
        return HttpResponse(said, content_type="application/ld+json")

    return cached(
        request, "jsonld", row.record.sha256, keys=[keys.claim(row.claim_id)], make=make, right_for=UNTIL_PUBLISHED
    )


def _keys(row: PublishedClaim, faces: list[TranslatedClaim]) -> list[str]:
    """The claim, and its other languages, to which the page links."""
    return [keys.claim(row.claim_id), *(keys.claim(face.claim_id) for face in faces)]


def record_page(
    request: HttpRequest,
    row: PublishedClaim,
    record: Record,
    faces: list[TranslatedClaim],
    *,
    is_permalink: bool,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of a record; ``more`` is what a preview says in addition."""
    document = record.document()
    newest = document if record.revision == row.revision else row.record.document()
    canonical = claim_addresses.canonical_address(row.slug, row.language)
    is_canonical = not is_permalink and languages.current() == languages.closest(row.language)
    context: dict[str, Any] = {
        "row": row,
        "record": record,
        "document": document,
        "view": record_view.record_view(document),
        "canonical": canonical,
        "permalink": view_models.address("revision", row.slug, record.revision),
        "is_permalink": is_permalink,
        "is_newest": record.revision == row.revision,
        "sha256": bytes(record.sha256).hex(),
        "share": share.of(row, record, document),
        **_worked_out(row, document),
        **_told(newest, answers.short_address(record, row.language)),
        "translations": translations.translation_links(document, faces),
        "foreign": translations.untranslated(row, faces),
        **(more or {}),
    }
    if not is_permalink:
        context["twin_paths"] = translations.paths(row, faces)
    context["alternate_paths"] = translations.canonical_paths(row, faces) if is_canonical else {}
    if document["retraction"]:
        return render(request, "readers/claims/retracted.html", context)
    context |= _shown(row, document, picture_base=context.get("picture_base", ""))
    if is_canonical:
        context["claim_review"] = script(claim_review(document, url=canonical))
    return render(request, "readers/claims/claim.html", context)


def _shown(row: PublishedClaim, document: dict[str, Any], *, picture_base: str) -> dict[str, Any]:
    """What a retracted record has none of: its evidence, its picture, what is near it."""
    return {
        "evidence": view_models.evidence(document),
        "basis": timeline.basis(document),
        "picture": None if row.is_retracted else pictures.lead(document, base=picture_base),
        "related": view_models.related(document),
        "single_source": view_models.is_single_sourced(document),
    }


def _worked_out(row: PublishedClaim, document: dict[str, Any]) -> dict[str, Any]:
    return {
        "timeline": timeline.timeline(document),
        "fixes": _fixes(row, document),
        "minutes": page_view.minutes(document),
        "place": page_view.place(document),
        "is_long": len(document.get("headline", document["claim"]["text"])) > view_models.LONG_STATEMENT,
    }


def _fixes(row: PublishedClaim, document: dict[str, Any]) -> list[page_view.Fix]:
    """The corrections; the earlier records are read where one changed the verdict."""
    if not page_view.has_changed_verdict(document):
        return page_view.fixes(document)
    earlier = (record.document() for record in published.revisions(row.claim_id))
    return page_view.fixes(document, (*earlier, document))


def _told(newest: dict[str, Any], short: str) -> dict[str, Any]:
    """What each revision's page says of the newest record; ``short`` is the claim's short address."""
    return {
        "sharing": answers.line(newest, short),
        "answer": answers.answer(newest, short),
        "qr": qr.code(short),
        "is_attribution_withdrawn": attribution.is_withdrawn(newest),
    }


@readers_page
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """All revisions of a claim, and what differs between two of them (the last two, when none are named)."""
    row = published.claim(slug=slug)
    names = [request.GET.get(name, "").strip() for name in ("from", "to")]
    shown = [keys.claim(row.claim_id)]
    return cached(
        request,
        "history",
        row.record.sha256,
        *names,
        keys=shown,
        make=lambda: _history(request, row),
        right_for=UNTIL_PUBLISHED,
    )


def _history(request: HttpRequest, row: PublishedClaim) -> HttpResponse:
    records = published.revisions(row.claim_id)
    old = _chosen(request.GET, "from", records, fallback=max(1, row.revision - 1))
    new = _chosen(request.GET, "to", records, fallback=row.revision)
    return render(
        request,
        "readers/claims/history.html",
        {
            "row": row,
            "revisions": [(record, record.document()) for record in records],
            "old": old,
            "new": new,
            "is_attribution_withdrawn": attribution.is_withdrawn(row.record.document()),
            "parts": differences.differences(old.document(), new.document()) if old != new else [],
            "canonical": view_models.address("history", row.slug),
            "alternates_query": f"?from={old.revision}&to={new.revision}",
        },
    )


def _chosen(params: QueryDict, name: str, records: list[Record], *, fallback: int) -> Record:
    value = params.get(name, "").strip() or str(fallback)
    try:
        number = parse_integer(value)
    except ParseError as error:
        if error.code == "too_large":
            raise _no_revision(value) from None
        raise BadAddressError(
            _("“%(value)s” is not a version number. Choose two from the list.") % {"value": value[:40]}
        ) from None
    found = {record.revision: record for record in records}.get(number)
    if found is None:
        raise _no_revision(value)
    return found


def _no_revision(value: str) -> BadAddressError:
    return BadAddressError(_("This fact check has no version %(number)s.") % {"number": value[:20]})
