"""No text that becomes public can carry a character that reverses the order of letters, whichever way it comes in."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from articles.choices import CaptureMethod
from articles.models import Article, Claim, Claimant, Evidence, Page, Report, RightOfReply, Source, Submission, Verdict
from articles.services import editing, reports, submissions, translations
from articles.services.articles import intake
from articles.services.claims import claims
from articles.services.collaboration import experts
from articles.services.evidence import evidence
from articles.services.library import claimants, sources
from articles.services.newsroom import pages
from articles.services.submissions import Sender
from articles.services.verification.publishing import Correction
from lib import plaintext
from tests import newsroom
from tests.newsroom import AT

pytestmark = pytest.mark.django_db(databases=["default", "readers"])

BAD = ("cost \u202enoillim 01", "open \u2067isolate", "\u202d12")
#: Models with texts that readers, partners or experts can see.
MODELS = (Article, Claim, Claimant, Evidence, Page, Report, RightOfReply, Source, Submission, Verdict)


def _text_fields(model: type[models.Model]) -> Iterator[str]:
    """The columns that a person can write words in: also lists of texts."""
    for field in model._meta.concrete_fields:
        base = getattr(field, "base_field", field)
        is_text = isinstance(base, models.CharField | models.TextField) and not base.choices
        if is_text and field.editable and not isinstance(field, models.JSONField):
            yield field.name


def _is_refused(act: Callable[[], Any]) -> bool:
    try:
        act()
    except ValidationError as refused:
        found = refused.error_dict.values() if hasattr(refused, "error_dict") else [refused.error_list]
        return any(error.code == "misleading_direction" for errors in found for error in errors)
    return False


@pytest.mark.parametrize("bad", BAD)
def test_every_text_column_refuses_it(bad: str) -> None:
    taken = [
        f"{model.__name__}.{name}"
        for model in MODELS
        for name in _text_fields(model)
        if name not in ("claimed_on", "published_on", "appearance_published_on")
        and not _is_refused(lambda model=model, name=name: editing.assign(model(), {name: _sent(model, name, bad)}))
    ]
    assert taken == []


def _sent(model: type[models.Model], name: str, value: str) -> Any:
    return [value] if hasattr(model._meta.get_field(name), "base_field") else value


def _ways_in(people: SimpleNamespace, bad: str) -> dict[str, Callable[[], Any]]:
    """Every service that takes words of people, by name, each with ``bad`` in one text."""
    by, claim = people.reporter, newsroom.complete(people.reporter)
    act: dict[str, Any] = {"by": by, "at": AT}
    on_claim: dict[str, Any] = {**act, "claim": claim, "version": claim.version}
    return {
        **_ways_of_others(people, bad),
        "article text marked": lambda: _mark(people, claim, bad),
        "known claimant": lambda: claimants.find_or_add_claimant(name=bad, **act),
        "verdict as an entity": lambda: newsroom.verdicts.propose_verdict(
            rating=claim.verdicts.get().rating,
            summary="It did.",
            explanation_html=f"<p>{_entities(bad)}</p>",
            **on_claim,
        ),
        "page as an entity": lambda: pages.write(
            key="funding",
            language="en",
            title="Funding",
            body_html=f"<p>{_entities(bad)}</p>",
            **{**act, "by": people.editor},
        ),
        "new claim": lambda: claims.create(text=bad, **act),
        "topic": lambda: claims.edit(topics=[bad], **on_claim),
        "claimant": lambda: claimants.add_claimant(name=bad, **act),
        "source": lambda: sources.add_source(title=bad, kind="document", **act),
        "reply": lambda: claims.record_reply(asked=bad, asked_on=AT.date(), means="phone", **on_claim),
        "evidence": lambda: evidence.add(source=newsroom.source(by), stance="context", note=bad, **on_claim),
        "article title": lambda: intake.import_text(body=f"Other {bad[:4]}", how=CaptureMethod.PASTE, title=bad, **act),
    }


def _ways_of_others(people: SimpleNamespace, bad: str) -> dict[str, Callable[[], Any]]:
    """The services for words of readers, partners and experts, and for claims that are public already."""
    act: dict[str, Any] = {"by": people.reporter, "at": AT}
    public = newsroom.published(people, text="The harbour has 12 cranes")
    claim = newsroom.complete(people.reporter)
    link, _secret = experts.invite(
        claim=claim, invited="Dr Orlov", question="Is it right?", days=3, by=people.editor, at=AT
    )
    told = {"name": "Ada Berg", "expertise": "Bridges", "text": "It is right."}
    said = {"language": "tr", "text": "Limanda 12 vinç var", "summary": "Tutanaklar gösteriyor."}
    ways: dict[str, Callable[[], Any]] = {
        "retraction": lambda: newsroom.take(public, "retract", people.editor, comment=bad),
        "reader's report": lambda: reports.receive(form="1", at=AT, page="/", what=bad),
        "reader's claim": lambda: submissions.receive_from_reader(form="2", at=AT, text=bad),
        "partner's claim": lambda: submissions.receive(
            sender=Sender(), payload={}, at=AT, text="A claim", language="en", claimant_name=bad
        ),
    }
    for name in told:
        ways[f"expert's {name}"] = lambda name=name: experts.leave_note(link=link, at=AT, **{**told, name: bad})
    for name in ("text", "summary"):
        ways[f"translation's {name}"] = lambda name=name: translations.begin(
            original=public, **act, **{**said, name: bad}
        )
    return ways


def _mark(people: SimpleNamespace, claim: Claim, bad: str) -> Any:
    article = newsroom.article(people.reporter, title="Cranes", body=f"They say: {bad}. So it is.")
    version = article.current_version()
    exact = f"They say: {bad}."
    return claims.mark(
        claim=claim, article_version=version, exact=exact, by=people.reporter, at=AT, version=claim.version
    )


def _entities(value: str) -> str:
    return "<p>" + "".join(f"&#{ord(char)};" for char in value) + "</p>"


@pytest.mark.parametrize("bad", BAD)
def test_every_service_that_takes_words_refuses_it(people: SimpleNamespace, bad: str) -> None:
    taken = [name for name, act in _ways_in(people, bad).items() if not _is_refused(act)]
    assert taken == []


def test_a_correction_with_a_reversed_note_is_refused(people: SimpleNamespace) -> None:
    claim = newsroom.take(newsroom.published(people), "recheck", people.editor, comment="A reader wrote.")
    for key, by in (("submit", people.reporter), ("approve", people.checker)):
        claim = newsroom.take(claim, key, by)
    note = Correction("minor", BAD[0])
    assert _is_refused(lambda: newsroom.take(claim, "publish", people.editor, correction=note))


def test_text_that_runs_left_is_isolated_beside_other_text() -> None:
    assert plaintext.isolated("12 cranes") == "12 cranes"
    assert plaintext.isolated("١٢ رافعة") == "\u2068١٢ رافعة\u2069"
