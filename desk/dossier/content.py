"""What a dossier says: one claim or one article with all that the newsroom can show for it, for lawyers and archives.

It may leave the house. Comments are not in it, and a confidential source is described, never named: of the history,
only what was done to the claim and its verdict is told in full.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles import text
from articles.models import Article, Claim, Evidence, Record
from articles.selectors.claims import timeline
from articles.selectors.collaboration import expert_view
from articles.selectors.log import evidence_numbers, lead_pictures, record_content
from lib.paper.blocks import Block, Document, Facts, Heading, Paragraph, Passage, Table
from lib.richtext.outline import Text, outline

_TOLD: Final = frozenset({"articles_claim", "articles_verdict"})


def of_claim(claim: Claim, *, at: datetime, by: str) -> Document:
    """The dossier of a claim as it is at ``at``, made for the person called ``by``."""
    return Document(
        title=_("Dossier of a claim"),
        language=claim.language,
        made_at=at,
        footer=_footer(at, by),
        blocks=list(_claim(claim)),
    )


def of_article(article: Article, *, at: datetime, by: str) -> Document:
    """The dossier of an article: its texts, and all claims made in it."""
    claims = Claim.objects.filter(appearances__article_version__article=article).distinct().order_by("created_at")
    blocks: list[Block] = [Heading(article.title, 1), Facts(_article_facts(article)), *_texts(article)]
    for claim in claims:
        blocks += _claim(claim)
    return Document(_("Dossier of an article"), article.language, at, _footer(at, by), blocks)


def _footer(at: datetime, by: str) -> str:
    values = {"newsroom": settings.SITE_NAME, "time": _moment(at), "person": by}
    return _("%(newsroom)s · made %(time)s for %(person)s · confidential") % values


def _article_facts(article: Article) -> list[tuple[str, str]]:
    return [
        (_("Publisher"), article.publisher),
        (_("Authors"), ", ".join(article.authors)),
        (_("Published"), text.long_date(article.published_on) if article.published_on else ""),
        (_("Address"), article.url),
        (_("Language"), text.language_name(article.language)),
    ]


def _texts(article: Article) -> Iterator[Block]:
    yield Heading(_("Texts of the article"))
    rows = [
        (str(row.number), _moment(row.captured_at), row.captured_by.display_name(), row.get_how_display(), row.sha256)
        for row in article.versions.select_related("captured_by").defer("body").order_by("number")
    ]
    yield Table((_("No."), _("Imported"), _("By"), _("How"), "SHA-256"), rows, (6, 18, 16, 14, 46))


def _claim(claim: Claim) -> Iterator[Block]:
    record_content.prefetch(claim)
    yield Heading(claim.text, 1)
    claimant = claim.claimant
    yield Facts(
        [
            (_("Headline"), claim.headline),
            (_("Said by"), ", ".join(filter(None, [claimant.name, claimant.role])) if claimant else ""),
            (_("Said on"), text.long_date(claim.claimed_on) if claim.claimed_on else ""),
            (_("Where"), ": ".join(filter(None, [claim.get_origin_kind_display(), claim.origin]))),
            (_("Address"), claim.origin_url),
            (_("Language"), text.language_name(claim.language)),
            (_("Stage"), claim.get_stage_display()),
            (_("Public address"), record_content.claim_url(claim.slug) if _records(claim) else ""),
            (_("Identifier"), str(claim.pk)),
        ]
    )
    yield from _verdict(claim)
    yield from _picture(claim)
    yield from _passages(claim)
    yield from _evidence(claim)
    yield from _replies(claim)
    yield from _publications(claim)
    yield from _history(claim)


def _verdict(claim: Claim) -> Iterator[Block]:
    verdict = record_content.current_verdict(claim)
    yield Heading(_("Verdict"))
    if verdict is None:
        yield Paragraph(_("There is no verdict yet."), is_quiet=True)
        return
    approved = verdict.approved_by
    yield Facts(
        [
            (_("Rating"), str(verdict.rating)),
            (_("Summary"), verdict.summary),
            (_("Proposed by"), f"{verdict.proposed_by.display_name()}, {_moment(verdict.proposed_at)}"),
            (_("Approved by"), f"{approved.display_name()}, {_moment(verdict.approved_at)}" if approved else ""),
        ]
    )
    yield from _explanation(evidence_numbers.numbered(claim, verdict.explanation_html))
    for heading, lines in ((_("Key points"), claim.key_points), (_("What we don’t know"), claim.unknowns)):
        if lines:
            yield Heading(heading)
            yield from (Paragraph(f"• {line}") for line in lines)


def _explanation(html: str) -> Iterator[Block]:
    """Paragraphs and tables; a chart is the table of its figures."""
    for part in outline(html):
        if isinstance(part, Text):
            yield Heading(part.text, 3) if part.kind in ("h3", "h4") else Paragraph(part.text)
        elif part.rows:
            if part.caption:
                yield Paragraph(part.caption)
            has_head = part.has_head and len(part.rows) > 1
            head = part.rows[0] if has_head else []
            yield Table(head, part.rows[1:] if has_head else part.rows, [1] * len(part.rows[0]))
            if part.note:
                yield Paragraph(_("Source: %(source)s") % {"source": part.note}, is_quiet=True)


def _picture(claim: Claim) -> Iterator[Block]:
    lead = lead_pictures.lead_picture(claim)
    if lead is None:
        return
    picture = lead.picture
    yield Heading(_("Picture"))
    yield Facts(
        [
            (_("Alt text"), lead.alt),
            *((_("Place"), _place(one)) for one in lead_pictures.places(picture)),
            (_("Credit"), lead.credit),
            (_("Licence"), lead.licence),
            (_("Kind"), picture.get_kind_display()),
            (_("Size in pixels"), f"{picture.width} × {picture.height}"),
            (_("Added"), f"{picture.created_by.display_name()}, {_moment(picture.created_at)}"),
            ("SHA-256", picture.sha256),
            (_("SHA-256 as received"), picture.received_sha256),
        ]
    )


def _place(said: dict[str, str]) -> str:
    return f"{said['name']}: {said['latitude']}, {said['longitude']}"


def _passages(claim: Claim) -> Iterator[Block]:
    yield Heading(_("Where it was said"))
    marks = list(claim.appearances.select_related("article_version__article").order_by("id"))
    if not marks:
        yield Paragraph(_("No passage of an article is marked."), is_quiet=True)
    for mark in marks:
        shown = expert_view.passage(mark)
        where = [shown.title, shown.publisher, shown.locator]
        yield Paragraph(" · ".join(filter(None, where)))
        yield Passage(shown.before, shown.exact, shown.after)
        version = mark.article_version
        yield Paragraph(
            _("The passage stands between ⟦ and ⟧. Text %(number)s, imported %(time)s, SHA-256 %(hash)s")
            % {"number": version.number, "time": _moment(version.captured_at), "hash": version.sha256},
            is_quiet=True,
        )


def _evidence(claim: Claim) -> Iterator[Block]:
    yield Heading(_("Evidence"))
    rows = list(claim.evidence.select_related("source", "capture__captured_by").order_by("position", "id"))
    if not rows:
        yield Paragraph(_("There is no evidence yet."), is_quiet=True)
    for number, row in enumerate(rows, start=1):
        title = row.source.public_description or _("A confidential source")
        yield Heading(f"{number}. {title if row.source.is_confidential else row.source.title}", 3)
        yield Facts(_piece(row))


def _piece(row: Evidence) -> list[tuple[str, str]]:
    source, capture = row.source, row.capture
    said = [
        (_("Stance"), row.get_stance_display()),
        (_("Where to look"), row.locator),
        (_("Quotation"), row.quote),
        (_("Note"), row.note),
    ]
    if source.is_confidential:
        return [*said, (_("Source"), _("Confidential: the newsroom knows it and does not name it."))]
    about = [
        (_("Publisher"), source.publisher),
        (_("Address"), source.url),
        (_("Kind"), source.get_kind_display()),
        (_("Published"), text.long_date(source.published_on) if source.published_on else ""),
        (_("Interest"), source.interest_note),
    ]
    if capture is None:
        return [*said, *about, (_("Kept copy"), _("none"))]
    kept = _("%(time)s by %(person)s")
    return [
        *said,
        *about,
        (_("Kept copy"), kept % {"time": _moment(capture.captured_at), "person": capture.captured_by.display_name()}),
        (_("Archived at"), capture.archive_url),
        (_("File"), capture.file_name),
        (_("SHA-256 of the copy"), capture.sha256),
        (_("SHA-256 as received"), capture.received_sha256),
    ]


def _replies(claim: Claim) -> Iterator[Block]:
    yield Heading(_("Right of reply"))
    rows = list(claim.replies.all())
    if not rows:
        yield Paragraph(_("Nobody was asked for a reply."), is_quiet=True)
    for row in rows:
        answered = text.long_day(row.answered_on) if row.answered_on else _("no answer")
        yield Facts(
            [
                (_("Asked"), f"{row.asked}, {text.long_day(row.asked_on)} ({row.get_means_display()})"),
                (_("Answered"), answered),
                (_("Answer"), row.answer),
            ]
        )


def _records(claim: Claim) -> list[Record]:
    if not hasattr(claim, "_dossier_records"):
        claim._dossier_records = list(Record.objects.filter(claim_id=claim.pk).order_by("revision"))  # type: ignore[attr-defined]
    return claim._dossier_records  # type: ignore[attr-defined,no-any-return]


def _publications(claim: Claim) -> Iterator[Block]:
    yield Heading(_("Published records and proof"))
    records = _records(claim)
    if not records:
        yield Paragraph(_("Nothing of this claim was published."), is_quiet=True)
        return
    rows = [
        (str(row.revision), row.get_kind_display(), _moment(row.at), _why(row), str(row.seq), bytes(row.sha256).hex())
        for row in records
    ]
    head = (_("Revision"), _("Kind"), _("Published"), _("Note"), _("No. in the log"), "SHA-256")
    yield Table(head, rows, (9, 11, 16, 24, 9, 31))
    last = records[-1]
    address = f"{record_content.claim_url(claim.slug).removesuffix('/')}/r{last.revision}.tlog-proof"
    yield Facts(
        [
            (_("Proof of the last record"), address),
            (_("Leaf hash (RFC 6962)"), bytes(last.leaf).hex()),
            (_("Root of the log after it"), bytes(last.root).hex()),
            (_("Public keys of the log"), f"{settings.SITE_URL}/log/key"),
        ]
    )
    yield Paragraph(
        _("verify_proof.py checks the record, its proof and the log’s signature without trusting the newsroom."),
        is_quiet=True,
    )


def _why(row: Record) -> str:
    document: dict[str, Any] = row.document()
    if document.get("retraction"):
        return str(document["retraction"]["note"])
    notes = document.get("corrections") or []
    return str(notes[-1]["note"]) if notes and row.kind == "corrected" else ""


def _history(claim: Claim) -> Iterator[Block]:
    yield Heading(_("History"))
    rows = [
        (_moment(entry.at), f"{entry.who} ({entry.surface})", "\n".join(_told(entry)))
        for entry in reversed(timeline.of_claim(claim))
    ]
    yield Table((_("When"), _("Who"), _("What")), rows, (18, 20, 62))


def _told(entry: timeline.Entry) -> Iterable[str]:
    if entry.reason:
        yield f"“{entry.reason}”"
    for happening in entry.happenings:
        yield happening.title
        if happening.change.table not in _TOLD:
            continue
        for line in happening.lines:
            yield f"  {line.label}: {line.before} → {line.after}" if line.before else f"  {line.label}: {line.after}"


def _moment(moment: datetime | None) -> str:
    # Translators: a day with a time.
    return date_format(localtime(moment), "j E Y, H:i T") if moment else ""
