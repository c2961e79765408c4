"""The scale of verdicts, changed through its services."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from articles.models import Change, Rating, Verdict
from articles.services.library import ratings
from articles.services.library.ratings import Wording
from lib.refusals import NotAllowedError
from tests import newsroom

pytestmark = pytest.mark.django_db
AT = newsroom.AT
NEW = Wording("Altered image", "The picture is real but was changed in a way that changes what it shows.", "mixed", 2)


def wording(rating: Rating, **changed: object) -> Wording:
    given = {"label": rating.label, "definition": rating.definition, "tone": rating.tone, "value": rating.value}
    return Wording(**{**given, **changed})  # type: ignore[arg-type]


def misleading() -> Rating:
    return Rating.objects.current().get(key="misleading")


def order() -> list[str]:
    return list(Rating.objects.current().values_list("key", flat=True))


def test_a_new_rating_is_the_last_one_and_can_be_used(people: SimpleNamespace) -> None:
    saved = ratings.add(key="altered_image", wording=NEW, by=people.editor, at=AT)
    assert (saved.is_new, saved.rating.edition, order()[-1]) == (True, 1, "altered_image")
    claim = newsroom.complete(people.reporter, rating="altered_image")
    assert Verdict.objects.get(claim=claim).rating == saved.rating
    change = Change.objects.filter(table="articles_rating", kind="insert").latest("id")
    assert (change.actor, change.after["label"]) == (people.editor, "Altered image")


def test_a_new_rating_sent_twice_is_one_rating(people: SimpleNamespace) -> None:
    first = ratings.add(key="altered_image", wording=NEW, by=people.editor, at=AT)
    again = ratings.add(key="altered_image", wording=NEW, by=people.editor, at=AT)
    assert (again.rating, again.is_new) == (first.rating, False)
    assert Rating.objects.filter(key="altered_image").count() == 1


@pytest.mark.parametrize(
    ("key", "changed", "field"),
    [
        ("true", {}, "key"),
        ("Not a key", {}, "key"),
        ("", {}, "key"),
        ("altered", {"label": "mísleading"}, "label"),
        ("altered", {"label": " \u200b "}, "label"),
        ("altered", {"label": "x" * 61}, "label"),
        ("altered", {"label": "a\x00b"}, "label"),
        ("altered", {"definition": ""}, "definition"),
        ("altered", {"definition": "x" * 501}, "definition"),
        ("altered", {"value": 6}, "value"),
        ("altered", {"value": 0}, "value"),
        ("altered", {"tone": "pink"}, "tone"),
    ],
)
def test_a_bad_rating_is_refused_at_its_field(
    people: SimpleNamespace, key: str, changed: dict[str, object], field: str
) -> None:
    before = Rating.objects.count()
    given = {"label": NEW.label, "definition": NEW.definition, "tone": NEW.tone, "value": NEW.value, **changed}
    with pytest.raises(ValidationError) as refused:
        ratings.add(key=key, wording=Wording(**given), by=people.editor, at=AT)  # type: ignore[arg-type]
    assert list(refused.value.message_dict) == [field]
    assert Rating.objects.count() == before


def test_verdicts_keep_the_edition_they_were_given_under(people: SimpleNamespace) -> None:
    claim = newsroom.published(people, rating="misleading")
    before, old = bytes(newsroom.record_of(claim).body), misleading()
    saved = ratings.new_edition(
        key="misleading", edition=1, wording=wording(old, label="Distorted"), by=people.editor, at=AT
    )
    assert (saved.rating.edition, saved.rating.label, saved.rating.position) == (2, "Distorted", old.position)
    old.refresh_from_db()
    assert old.retired_on is not None
    assert Verdict.objects.get(claim=claim).rating == old
    assert bytes(newsroom.record_of(claim).body) == before


def test_an_edition_saved_twice_is_one_edition(people: SimpleNamespace) -> None:
    new = wording(misleading(), label="Distorted")
    first = ratings.new_edition(key="misleading", edition=1, wording=new, by=people.editor, at=AT)
    again = ratings.new_edition(key="misleading", edition=1, wording=new, by=people.editor, at=AT)
    assert (first.is_new, again.is_new, again.rating) == (True, False, first.rating)
    assert Rating.objects.filter(key="misleading").count() == 2


def test_an_edition_made_from_an_older_one_is_refused(people: SimpleNamespace) -> None:
    old = misleading()
    ratings.new_edition(key="misleading", edition=1, wording=wording(old, label="Distorted"), by=people.editor, at=AT)
    with pytest.raises(ratings.EditionDiffersError) as refused:
        ratings.new_edition(
            key="misleading", edition=1, wording=wording(old, label="Twisted"), by=people.administrator, at=AT
        )
    assert refused.value.newest.label == "Distorted"
    assert misleading().label == "Distorted"


def test_an_edition_that_says_the_same_is_refused(people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError, match="Nothing differs from edition 1"):
        ratings.new_edition(key="misleading", edition=1, wording=wording(misleading()), by=people.editor, at=AT)


def test_a_rating_moves_and_its_editions_with_it(people: SimpleNamespace) -> None:
    ratings.new_edition(key="misleading", edition=1, wording=wording(misleading(), value=3), by=people.editor, at=AT)
    moved = ratings.move(key="misleading", place=2, step=-1, by=people.editor, at=AT)
    assert [row.key for row in moved][:3] == ["true", "misleading", "mostly_true"]
    assert set(Rating.objects.filter(key="misleading").values_list("position", flat=True)) == {1}
    with pytest.raises(ratings.ScaleError, match="The order was changed"):
        ratings.move(key="misleading", place=2, step=-1, by=people.editor, at=AT)
    assert order()[:2] == ["true", "misleading"]


def test_a_rating_at_the_end_stays_there(people: SimpleNamespace) -> None:
    assert ratings.move(key="true", place=0, step=-1, by=people.editor, at=AT)[0].key == "true"


def test_a_retired_rating_is_not_offered_and_comes_back_as_an_edition(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter, rating="misleading")
    for _twice in range(2):
        ratings.retire(key="misleading", edition=1, by=people.editor, at=AT)
    assert "misleading" not in order()
    assert Verdict.objects.get(claim=claim).rating.key == "misleading"
    with pytest.raises(ratings.ScaleError, match="Bring it back first"):
        ratings.new_edition(key="misleading", edition=1, wording=NEW, by=people.editor, at=AT)
    back = [ratings.bring_back(key="misleading", edition=1, by=people.editor, at=AT) for _twice in range(2)]
    assert [saved.is_new for saved in back] == [True, False]
    assert (misleading().edition, misleading().label, order()[-1]) == (2, "Misleading", "misleading")


def test_the_last_rating_cannot_be_retired(people: SimpleNamespace) -> None:
    for key in order()[1:]:
        ratings.retire(key=key, edition=1, by=people.editor, at=AT)
    with pytest.raises(ratings.ScaleError, match="the last rating in use"):
        ratings.retire(key="true", edition=1, by=people.editor, at=AT)
    assert order() == ["true"]


def test_a_retired_rating_whose_label_was_taken_does_not_come_back(people: SimpleNamespace) -> None:
    ratings.retire(key="misleading", edition=1, by=people.editor, at=AT)
    ratings.add(key="twisted", wording=Wording("Misleading", "Other words.", "mixed"), by=people.editor, at=AT)
    with pytest.raises(ValidationError, match="has this label"):
        ratings.bring_back(key="misleading", edition=1, by=people.editor, at=AT)


def test_checkers_change_no_rating(people: SimpleNamespace) -> None:
    acts = (
        lambda by: ratings.add(key="altered", wording=NEW, by=by, at=AT),
        lambda by: ratings.new_edition(key="true", edition=1, wording=NEW, by=by, at=AT),
        lambda by: ratings.move(key="true", place=0, step=1, by=by, at=AT),
        lambda by: ratings.retire(key="true", edition=1, by=by, at=AT),
        lambda by: ratings.bring_back(key="true", edition=1, by=by, at=AT),
    )
    for act in acts:
        with pytest.raises(NotAllowedError):
            act(people.checker)
    assert Rating.objects.filter(retired_on=None, edition=1).count() == Rating.objects.count()
