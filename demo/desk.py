"""Entering the demo's articles, sources and claims, as a reporter does: everything before a second person looks."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.timezone import localdate

from articles import evidence_fields
from articles.choices import CaptureMethod
from articles.models import Article, Capture, Claim, Claimant, Rating, Source
from articles.picture_choices import PictureFocus, PictureKind
from articles.services import translations
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.collaboration import comments, dependencies
from articles.services.evidence import captures, evidence
from articles.services.library import claimants, sources
from articles.services.pictures import charts, maps, storage
from articles.services.pictures import lead as lead_pictures
from articles.services.pictures.maps import Order
from articles.services.verification import verdicts
from demo import drawings
from demo.content import Entry, outline_file
from demo.people import Newsroom
from lib.charts.figures import with_unit
from lib.maps import rows, views
from lib.pictures.charts import Chart, Figure
from lib.pictures.maps import FRAME

_WORDS = ("headline", "key_points", "unknowns")
_CLAIM_FIELDS = ("text", "language", "claimed_on", "topics", "single_source_reason", *_WORDS)
_VERDICT_FIELDS = ("rating", "summary", "explanation")


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of the demo's past."""
    return datetime.combine(day, time(hour, tzinfo=UTC)) + timedelta(minutes=minute)


@dataclass(slots=True)
class Desk:
    """The reporter's desk: what was entered so far, by the keys of the content files."""

    people: Newsroom
    articles: dict[str, Article] = field(default_factory=dict)
    claimants: dict[str, Claimant] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    captures: dict[str, Capture] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)

    def take_in(self, article: Entry) -> bool:
        """Import an article; whether its text was not there before."""
        fields = {**article}
        key = fields.pop("key")
        taken = intake.import_text(
            by=self.people.reporter, at=at(article["published_on"], 7), how=CaptureMethod.DEMO, **fields
        )
        self.articles[key] = taken.article
        return taken.is_new_text

    def add_claimant(self, claimant: Entry, *, on: date) -> None:
        """Enter a claimant."""
        fields = {**claimant}
        key = fields.pop("key")
        self.claimants[key] = claimants.add_claimant(by=self.people.reporter, at=at(on, 7), **fields)

    def add_source(self, source: Entry, *, on: date) -> None:
        """Enter a source, with its archived copy where there is one."""
        fields = {**source}
        key, archived = fields.pop("key"), fields.pop("archived", None)
        added = sources.add_source(
            by=self.people.reporter,
            at=at(on, 7),
            is_primary=fields.pop("primary"),
            is_confidential=fields.pop("confidential", False),
            public_description=fields.pop("description", ""),
            **fields,
        )
        self.sources[key] = added
        if archived:
            self.captures[key] = captures.keep_text(
                source=added,
                by=self.people.reporter,
                at=at(archived["on"], 7),
                archive_url=archived["url"],
                text=archived["text"],
            )

    def draft(self, entry: Entry, *, article: str, on: date) -> None:
        """Enter a claim with its passages, evidence and replies, and put it on somebody's desk."""
        claim = claims.create(
            by=self.people.reporter,
            at=at(on, 8),
            claimant=self.claimants[entry["claimant"]] if "claimant" in entry else None,
            is_unattributed=entry.get("unattributed", False),
            why_chosen=entry["why"],
            due_on=_in_days(entry.get("due_in_days")),
            recheck_on=_in_days(entry.get("recheck_in_days")),
            **_origin(entry.get("origin", {})),
            **{name: entry[name] for name in _CLAIM_FIELDS if name in entry},
        )
        for passage in ({"article": article, "quote": entry["quote"]}, *entry.get("quote_in", ())):
            claim = self._mark(claim, passage, on)
        for link in entry.get("evidence", ()):
            claim = self.link(claim, link, on=on)
        for reply in entry.get("reply", ()):
            claim = claims.record_reply(
                claim=claim, by=self.people.reporter, at=at(on, 8), version=claim.version, **reply
            ).claim
        if "picture" in entry:
            claim = self.lead(claim, entry["picture"], on=on)
        if "assignee" in entry:
            assignee = getattr(self.people, entry["assignee"])
            claim = claims.edit(
                claim=claim, by=self.people.editor, at=at(on, 8), version=claim.version, assignee=assignee
            )
        self.claims[entry["key"]] = claim

    def lead(self, claim: Claim, picture: Entry, *, on: date) -> Claim:
        """Put one of our drawings, or a chart, above the check."""
        if "chart" in picture:
            return self._chart(claim, picture, on=on)
        if "map" in picture:
            return self._map(claim, picture, on=on)
        fields = {name: picture[name] for name in ("alt", "credit", "licence")}
        by, moment = self.people.reporter, at(on, 8)
        kept = storage.upload(drawings.draw(picture["drawing"]), by=by, at=moment, kind=PictureKind.DRAWN)
        fields |= {"is_stamped": picture.get("stamp", False), "focus": picture.get("focus", "")}
        return lead_pictures.put(claim=claim, picture=kept, by=by, at=moment, version=claim.version, **fields).claim

    def reword(self, claim: Claim, entry: Entry, *, on: date) -> Claim:
        """Write the headline, key points and unknowns that ``entry`` has."""
        words = {name: entry[name] for name in _WORDS if name in entry}
        if not words:
            return claim
        return claims.edit(claim=claim, by=self.people.reporter, at=at(on, 8), version=claim.version, **words)

    def _chart(self, claim: Claim, said: Entry, *, on: date) -> Claim:
        """Draw a chart and let it lead the claim."""
        figures = [
            Figure(label, Decimal(number), with_unit(str(number), said["unit"])) for label, number in said["rows"]
        ]
        act: dict[str, Any] = {"by": self.people.reporter, "at": at(on, 8)}
        drawn = charts.draw(Chart(said["chart"], said["title"], figures, said["source"]), **act)
        words = {"alt": drawn.alt, "credit": said["source"], "licence": said["licence"], "focus": PictureFocus.WHOLE}
        return lead_pictures.put(claim=claim, picture=drawn.picture, version=claim.version, **act, **words).claim

    def _map(self, claim: Claim, said: Entry, *, on: date) -> Claim:
        """Draw a map on its outlines and let it lead the claim."""
        act: dict[str, Any] = {"by": self.people.reporter, "at": at(on, 8)}
        about = {**said["outlines"]}
        outline = maps.keep_outline(outline_file(about.pop("file")), **about, **act)
        places = [rows.place(row) for row in rows.filled(said["map"])]
        typed = {"title": said["title"], "places": said["map"].strip(), "source": said["source"]}
        order = Order(said["title"], places, views.around(places, width=FRAME), said["source"], typed, outline)
        drawn = maps.draw(order, claim=claim, **act)
        words: dict[str, Any] = {
            "alt": drawn.alt,
            "credit": drawn.credit,
            "licence": drawn.licence,
            "focus": PictureFocus.WHOLE,
        }
        return lead_pictures.put(claim=claim, picture=drawn.picture, version=claim.version, **act, **words).claim

    def work_together(self, entry: Entry, *, on: date) -> None:
        """Say what colleagues said about the claim, and what it waits for."""
        claim = self.claims[entry["key"]]
        for said in entry.get("comment", ()):
            comments.write(claim=claim, text=said["text"], by=getattr(self.people, said["by"]), at=at(on, 9))
        for wait in entry.get("wait", ()):
            until = _in_days(wait["until_in_days"])
            dependencies.begin(
                claim=claim, kind=wait["kind"], note=wait["note"], until=until, by=self.people.reporter, at=at(on, 9)
            )

    def relate(self, entry: Entry, *, on: date) -> None:
        """Add the relations to other claims, which all exist by now."""
        claim = self.claims[entry["key"]]
        for relation in entry.get("relation", ()):
            other = self.claims[relation["other"]]
            claim = claims.relate(
                claim=claim,
                kind=relation["kind"],
                other=other,
                by=self.people.reporter,
                at=at(on, 8),
                version=claim.version,
            ).claim
        self.claims[entry["key"]] = claim

    def link(self, claim: Claim, link: Entry, *, on: date) -> Claim:
        """Link a source to the claim."""
        return evidence.add(
            claim=claim,
            source=self.sources[link["source"]],
            capture=self.captures.get(link["source"]),
            by=self.people.reporter,
            at=at(on, 8),
            version=claim.version,
            **{name: link[name] for name in evidence_fields.NAMES if name in link},
        ).claim

    def propose(self, claim: Claim, entry: Entry, *, on: date) -> Claim:
        """Propose a verdict; what ``entry`` does not say stays as it was."""
        known = claim.verdicts.order_by("-id").first()
        rating_key = entry.get("rating", known.rating.key if known else "")
        return verdicts.propose_verdict(
            claim=claim,
            rating=Rating.objects.current().get(key=rating_key),
            summary=entry.get("summary", known.summary if known else ""),
            explanation_html=entry.get("explanation", known.explanation_html if known else ""),
            by=self.people.reporter,
            at=at(on, 8),
            version=claim.version,
        ).claim

    def translate(self, original: Claim, said: Entry, *, minute: int) -> Claim:
        """A draft that says the claim in another language, the notes on its evidence included."""
        by, moment = self.people.reporter, at(said["on"], 7, minute)
        claim = translations.begin(
            original=original, language=said["language"], text=said["text"], summary=said["summary"], by=by, at=moment
        )
        titles = {source.pk: key for key, source in self.sources.items()}
        for row in claim.evidence.all():
            note = said["notes"][titles[row.source_id]]
            claim = evidence.edit(evidence=row, by=by, at=moment, version=claim.version, note=note).claim
        return self.propose(self.reword(claim, said, on=said["on"]), said, on=said["on"])

    def _mark(self, claim: Claim, passage: Entry, on: date) -> Claim:
        return claims.mark(
            claim=claim,
            article_version=self.articles[passage["article"]].current_version(),
            exact=passage["quote"],
            by=self.people.reporter,
            at=at(on, 8),
            version=claim.version,
        ).claim


def has_verdict(entry: Entry) -> bool:
    """Whether the entry says what was found."""
    return any(name in entry for name in _VERDICT_FIELDS)


def _origin(origin: Entry) -> Entry:
    names = {"kind": "origin_kind", "url": "origin_url", "text": "origin"}
    return {names[name]: value for name, value in origin.items()}


def _in_days(days: int | None) -> date | None:
    return None if days is None else localdate() + timedelta(days=days)
