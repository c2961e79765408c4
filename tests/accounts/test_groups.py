"""Who may do something is read from the groups, which an administrator may rename and change."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.groups import groups_by_permission, groups_with
from accounts.services import ensure_roles

pytestmark = pytest.mark.django_db


def test_groups_with_names_every_group_that_holds_the_permission() -> None:
    ensure_roles()
    assert groups_with("articles.publish_claim") == ["Editor", "Administrator"]
    assert groups_with("articles.no_such_thing") == []


def test_groups_with_follows_a_renamed_and_a_changed_group() -> None:
    ensure_roles()
    Group.objects.filter(name="Editor").update(name="Desk chief")
    publish = Permission.objects.get(codename="publish_claim", content_type__app_label="articles")
    Group.objects.get(name="Administrator").permissions.remove(publish)
    assert groups_with("articles.publish_claim") == ["Desk chief"]


def test_groups_with_tells_apps_apart() -> None:
    """``view_change…`` of one app is no permission of another."""
    ensure_roles()
    assert groups_with("partners.view_partner") == ["Editor", "Administrator"]
    assert groups_with("articles.view_partner") == []


def test_groups_by_permission_takes_one_query_and_none_for_nothing() -> None:
    ensure_roles()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = groups_by_permission({"articles.publish_claim", "articles.review_claim"})
        assert groups_by_permission(set()) == {}
    assert len(queries) == 1
    assert found["articles.review_claim"] == ["Checker", "Editor", "Administrator"]
