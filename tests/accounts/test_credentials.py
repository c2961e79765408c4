"""One module makes, stores and judges the secrets of tokens, keys and experts' links."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from accounts.credentials import digest_of, live
from accounts.models import PersonalToken
from accounts.services import issue_token, use_token
from articles.models import ExpertLink
from partners.models import Key
from tests import newsroom

AT, SECOND = newsroom.AT, timedelta(seconds=1)


def test_the_digest_is_plain_sha256_so_that_stored_ones_stay_valid() -> None:
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1: "abc"
    assert digest_of("abc").hex() == expected
    assert len(digest_of("\ud800")) == 32  # what no text can hold is no error


@pytest.mark.parametrize(("model", "begins"), [(PersonalToken, "fct_"), (Key, "fcp_"), (ExpertLink, "")])
def test_a_secret_begins_with_its_kind_and_holds_256_bits(model: type, begins: str) -> None:
    row = model()
    first, second = row.assign_secret(), row.assign_secret()
    assert first != second
    assert first.startswith(begins)
    assert len(first) == len(begins) + 43
    assert bytes(row.digest) == digest_of(second)


@pytest.mark.parametrize(("model", "shown"), [(PersonalToken, 8), (Key, 12)])
def test_the_beginning_of_a_secret_stays_readable(model: type, shown: int) -> None:
    row = model(name="Laptop")
    secret = row.assign_secret()
    assert (row.prefix, str(row)) == (secret[:shown], f"Laptop ({secret[:shown]}…)")


@pytest.mark.django_db
@pytest.mark.parametrize(("expires", "revoked"), [(None, None), (AT, None), (AT + SECOND, None), (None, AT)])
def test_the_condition_in_the_database_agrees_with_the_method(
    people: SimpleNamespace, expires: object, revoked: object
) -> None:
    token, _ = issue_token(user=people.reporter, name="Laptop")
    PersonalToken.objects.filter(pk=token.pk).update(expires_at=expires, revoked_at=revoked)
    token.refresh_from_db()
    is_live = revoked is None and expires != AT
    assert token.is_live(at=AT) is is_live
    assert PersonalToken.objects.filter(live(at=AT), pk=token.pk).exists() is is_live
    assert people.reporter.__class__.objects.filter(live(at=AT, path="tokens__"), tokens=token).exists() is is_live


@pytest.mark.django_db
def test_use_is_noted_to_the_minute(people: SimpleNamespace) -> None:
    token, secret = issue_token(user=people.reporter, name="Laptop")
    noted = []
    for seconds in (0, 59, 60, 61):
        assert use_token(secret=secret, at=AT + seconds * SECOND) == token
        token.refresh_from_db()
        noted.append((token.last_used_at - AT) // SECOND)
    assert noted == [0, 0, 60, 60]
