"""Topics that differ by case, accents or blanks alone are one, in the spelling that came first."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F

from articles.folding import name_key
from articles.models import Change, Claim, PublishedMerge, Topic
from articles.services.claims import claims
from articles.services.library import topics
from lib.refusals import NotAllowedError, StaleError
from tests import newsroom

pytestmark = pytest.mark.django_db
AT = newsroom.AT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Health", " HEALTH "),
        ("Santé", "sante"),
        ("Kəlbəcər", "KELBECER"),
        ("Выборы  2027", "выборы 2027"),
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("İstanbul", "istanbul"),
        ("Covid\u201119", "COVID-19"),
        ("التَّعليم", "التعليم"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("Health", "Wealth"), ("мой", "мои"), ("North Sea", "Northsea"), ("がん", "かん")]
)
def test_two_names_have_two_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_topic_is_written_as_the_first_editor_wrote_it(people: SimpleNamespace) -> None:
    first = newsroom.draft(people.reporter, topics=["Health", "Transport"])
    second = newsroom.draft(people.checker, topics=["HEALTH ", "health", "Bridges"])
    second = claims.edit(
        claim=second, by=people.checker, at=AT, version=second.version, topics=["bridges", "tránsport", "health"]
    )
    assert (first.topics, second.topics) == (["Health", "Transport"], ["Bridges", "Transport", "Health"])
    assert sorted(Topic.objects.values_list("name", flat=True)) == ["Bridges", "Health", "Transport"]


def test_a_topic_that_is_too_long_is_refused_and_not_entered(people: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as refused:
        newsroom.draft(people.reporter, topics=["x" * 61])
    assert set(refused.value.message_dict) == {"topics"}
    assert not Topic.objects.exists()


def test_renaming_a_topic_changes_claims_and_leads_readers_on(people: SimpleNamespace) -> None:
    open_claim = newsroom.draft(people.reporter, topics=["health", "Bridges"])
    public = newsroom.published(people, topics=["health"])
    record = newsroom.record_of(public)
    topic = Topic.objects.get(name="health")
    renamed = topics.rename_topic(topic=topic, name=" Health ", by=people.editor, at=AT, version=topic.version)
    assert renamed.name == "Health"
    assert Claim.objects.get(pk=open_claim.pk).topics == ["Health", "Bridges"]
    assert Claim.objects.get(pk=public.pk).topics == ["Health"]
    assert newsroom.record_of(public).body == record.body
    assert list(PublishedMerge.objects.values_list("kind", "gone", "stays")) == [("topic", "health", "Health")]
    back = topics.rename_topic(topic=renamed, name="health", by=people.editor, at=AT, version=renamed.version)
    assert list(PublishedMerge.objects.values_list("gone", "stays")) == [("Health", "health")]
    assert Change.objects.filter(table="articles_topic", row=str(back.pk), kind="update").count() == 2


def test_a_topic_cannot_take_the_name_of_another(people: SimpleNamespace) -> None:
    newsroom.draft(people.reporter, topics=["Health", "Bridges"])
    topic = Topic.objects.get(name="Bridges")
    with pytest.raises(ValidationError, match="Merge the two instead"):
        topics.rename_topic(topic=topic, name="HEALTH", by=people.editor, at=AT, version=topic.version)
    with pytest.raises(StaleError):
        topics.rename_topic(topic=topic, name="Bridge", by=people.editor, at=AT, version=topic.version + 1)
    people.reporter.groups.clear()
    stranger = type(people.reporter).objects.get(pk=people.reporter.pk)
    with pytest.raises(NotAllowedError):
        topics.rename_topic(topic=topic, name="Bridge", by=stranger, at=AT, version=topic.version)


def test_the_migration_keeps_the_oldest_spelling_and_leads_public_ones_on(people: SimpleNamespace) -> None:
    oldest = newsroom.draft(people.reporter)
    public = newsroom.published(people, topics=["HEALTH"])
    record = newsroom.record_of(public)
    Claim.objects.filter(pk=oldest.pk).update(
        topics=["health", "Health ", "Bridges"], version=F("version") + 1, created_at=AT.replace(year=2020)
    )
    Topic.objects.all().delete()
    migration = import_module("articles.migrations.0025_folded_names")
    migration.settle_topics(apps, SimpleNamespace(connection=connection))
    assert sorted(Topic.objects.values_list("name", "folded")) == [("Bridges", "bridges"), ("health", "health")]
    assert Claim.objects.get(pk=oldest.pk).topics == ["health", "Bridges"]
    assert Claim.objects.get(pk=public.pk).topics == ["health"]
    assert newsroom.record_of(public).body == record.body
    assert list(PublishedMerge.objects.values_list("gone", "stays")) == [("HEALTH", "health")]
