"""When two texts are one article: by address and words together, doubtful ones apart, wrong merges undone."""

from types import SimpleNamespace
from typing import Any

import pytest

from articles.choices import CaptureMethod, Stage
from articles.models import Appearance, Article, Claim
from articles.services import passages
from articles.services.articles import identity, intake, separation
from articles.services.claims import claims
from lib.refusals import NotAllowedError
from tests import newsroom

FIRST = " ".join(f"The harbour of Lindholm handled {n} ships in week {n} of the year." for n in range(1, 20))
OTHER = " ".join(f"A farmer near Ostby counted {n} storks on {n} different roofs today." for n in range(1, 20))


def bring(by: Any, body: str, url: str, **how: Any) -> intake.ImportResult:
    return intake.import_text(
        body=body, by=by, at=newsroom.AT, how=CaptureMethod.API, title=body[:40], url=url, language="en", **how
    )


@pytest.mark.django_db
def test_a_corrected_text_at_its_own_address_is_the_next_text(people: SimpleNamespace) -> None:
    first = bring(people.reporter, FIRST, "https://www.herald.example/harbour-figures")
    second = bring(
        people.reporter, FIRST.replace("handled 7", "handled 8"), "https://m.herald.example/harbour-figures/?fbclid=1"
    )
    assert (second.article, second.version.number, second.notes) == (first.article, 2, ())


@pytest.mark.django_db
def test_another_text_at_a_known_address_is_kept_apart_and_says_so(people: SimpleNamespace) -> None:
    first = bring(people.reporter, FIRST, "https://herald.example/live")
    second = bring(people.reporter, OTHER, "https://herald.example/live")
    assert second.article != first.article
    assert "kept apart" in second.notes[0]


@pytest.mark.django_db
def test_articles_of_a_site_whose_pages_all_name_its_home_page_are_several(people: SimpleNamespace) -> None:
    named = "https://herald.example/"
    addresses = [identity.believed_address(named, f"https://herald.example/2026/03/story-{n}") for n in range(3)]
    taken = [bring(people.reporter, FIRST.replace("week", f"month {n}"), url) for n, url in enumerate(addresses)]
    assert len({one.article for one in taken}) == 3


@pytest.mark.django_db
def test_no_this_is_another_article_can_always_be_said(people: SimpleNamespace) -> None:
    first = bring(people.reporter, FIRST, "https://herald.example/harbour-figures")
    second = bring(people.reporter, FIRST + " More.", "https://herald.example/harbour-figures", is_another_article=True)
    assert second.article != first.article
    assert second.is_new_article


def merged(people: SimpleNamespace) -> tuple[Article, Article, Claim, Claim]:
    """An article with a text that is none of it: one claim was moved to that text, one marked there."""
    article = bring(people.reporter, FIRST, "https://herald.example/a").article
    claim = newsroom.draft(people.reporter)
    claim = claims.mark(
        claim=claim,
        article_version=article.current_version(),
        exact="handled 3 ships",
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    ).claim
    wrong = bring(people.reporter, OTHER + " They handled 3 ships too.", "", article=article)
    (check,) = (
        passages.examine(wrong.version)
        if not wrong.version.anchor_checks.exists()
        else wrong.version.anchor_checks.all()
    )
    passages.confirm(check=check, by=people.reporter, at=newsroom.AT, version=claim.version, quote="handled 3 ships")
    marked = newsroom.draft(people.reporter)
    marked = claims.mark(
        claim=marked,
        article_version=wrong.version,
        exact="counted 4 storks",
        by=people.reporter,
        at=newsroom.AT,
        version=marked.version,
    ).claim
    return article, wrong.version, claim, marked  # type: ignore[return-value]


@pytest.mark.django_db
def test_a_wrong_merge_is_undone_passages_included(people: SimpleNamespace) -> None:
    article, version, moved, marked = merged(people)
    own = separation.separate(version=version, by=people.editor, at=newsroom.AT, title="Storks near Ostby")  # type: ignore[arg-type]
    back, stays = Appearance.objects.get(claim=moved), Appearance.objects.get(claim=marked)
    assert (back.article_version.article, back.article_version.number, back.exact) == (article, 1, "handled 3 ships")
    assert back.article_version.body[back.start : back.end] == "handled 3 ships"
    assert stays.article_version.article == own
    assert list(article.versions.values_list("number", flat=True)) == [1]
    assert article.current_version().number == 1
    assert bring(people.reporter, FIRST + " Again.", "https://herald.example/a").version.number == 2


@pytest.mark.django_db
def test_the_only_text_of_an_article_stays(people: SimpleNamespace) -> None:
    version = bring(people.reporter, FIRST, "").version
    with pytest.raises(separation.OnlyTextError):
        separation.separate(version=version, by=people.editor, at=newsroom.AT, title="X")


@pytest.mark.django_db
def test_who_may_not_bring_in_articles_separates_none(people: SimpleNamespace) -> None:
    _article, version, _moved, _marked = merged(people)
    people.reporter.groups.clear()
    with pytest.raises(NotAllowedError):
        separation.separate(
            version=version, by=type(people.reporter).objects.get(pk=people.reporter.pk), at=newsroom.AT, title="X"
        )  # type: ignore[arg-type]


TURKISH = "Belediye başkanı pazartesi günü köprünün on iki milyona mal olduğunu ve yıl sonunda açılacağını söyledi."


@pytest.mark.django_db
def test_the_language_of_a_text_is_told_from_its_letters(people: SimpleNamespace) -> None:
    taken = intake.import_text(body=TURKISH, by=people.reporter, at=newsroom.AT, how=CaptureMethod.PASTE, title="Köprü")
    assert (taken.article.language, taken.notes[0]) == ("tr", "The language was told from the text: “tr”.")


@pytest.mark.django_db
def test_a_language_that_the_text_contradicts_is_kept_with_a_note(people: SimpleNamespace) -> None:
    taken = intake.import_text(
        body=TURKISH, by=people.reporter, at=newsroom.AT, how=CaptureMethod.API, title="K", language="en"
    )
    assert taken.article.language == "en"
    assert "looks like “tr”" in taken.notes[0]


@pytest.mark.django_db
def test_open_claims_follow_the_corrected_language_of_their_article(people: SimpleNamespace) -> None:
    taken = intake.import_text(
        body=TURKISH, by=people.reporter, at=newsroom.AT, how=CaptureMethod.API, title="K", language="en"
    )
    claim = newsroom.draft(people.reporter, language="en")
    claim = claims.mark(
        claim=claim,
        article_version=taken.version,
        exact="on iki milyona",
        by=people.reporter,
        at=newsroom.AT,
        version=claim.version,
    ).claim
    intake.edit_article(article=taken.article, by=people.reporter, version=taken.article.version, language="tr")
    claim.refresh_from_db()
    assert (claim.language, claim.stage) == ("tr", Stage.DRAFT)


@pytest.mark.django_db
def test_two_passages_of_one_claim_go_back_together(people: SimpleNamespace) -> None:
    article = bring(people.reporter, FIRST, "").article
    claim = newsroom.draft(people.reporter)
    for words in ("handled 3 ships", "handled 5 ships"):
        how: Any = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
        claim = claims.mark(claim=claim, article_version=article.current_version(), exact=words, **how).claim
    wrong = bring(people.reporter, f"{OTHER} They handled 3 ships, then handled 5 ships.", "", article=article).version
    for check, words in zip(wrong.anchor_checks.order_by("start"), ("handled 3 ships", "handled 5 ships"), strict=True):
        claim.refresh_from_db()
        passages.confirm(check=check, by=people.reporter, at=newsroom.AT, version=claim.version, quote=words)
    separation.separate(version=wrong, by=people.editor, at=newsroom.AT, title="Storks")
    back = Appearance.objects.filter(claim=claim).order_by("start")
    assert [(row.exact, row.article_version.number) for row in back] == [("handled 3 ships", 1), ("handled 5 ships", 1)]


@pytest.mark.django_db
def test_what_the_wrong_text_had_overtaken_is_asked_again(people: SimpleNamespace) -> None:
    article = bring(people.reporter, FIRST, "").article
    claim = newsroom.draft(people.reporter)
    how: Any = {"by": people.reporter, "at": newsroom.AT, "version": claim.version}
    claims.mark(claim=claim, article_version=article.current_version(), exact="handled 3 ships", **how)
    second = bring(people.reporter, f"News. {FIRST}", "", article=article).version
    wrong = bring(people.reporter, OTHER, "", article=article).version
    assert [check.decision for check in second.anchor_checks.all()] == ["superseded"]
    separation.separate(version=wrong, by=people.editor, at=newsroom.AT, title="Storks")
    assert [check.decision for check in second.anchor_checks.all()] == ["pending"]


@pytest.mark.django_db
def test_a_text_is_separated_once(people: SimpleNamespace) -> None:
    _article, version, _moved, _marked = merged(people)
    stale = type(version).objects.get(pk=version.pk)  # type: ignore[attr-defined]
    separation.separate(version=version, by=people.editor, at=newsroom.AT, title="Storks")  # type: ignore[arg-type]
    with pytest.raises(separation.OnlyTextError):
        separation.separate(version=stale, by=people.editor, at=newsroom.AT, title="Storks again")
    assert Article.objects.count() == 2
