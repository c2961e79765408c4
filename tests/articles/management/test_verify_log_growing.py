"""``verify_log`` on a log that is empty, and on one that grows meanwhile."""

import threading

import pytest
from django.db import connection

from articles.selectors.log import log_verification
from tests import newsroom
from tests.articles.management.test_verify_log import verify


@pytest.mark.django_db
def test_verify_log_accepts_an_empty_log():
    assert verify().startswith("The log holds: 0 records.")


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_verify_log_is_not_disturbed_by_publications_meanwhile(people):
    newsroom.published(people)

    def publish() -> None:
        newsroom.published(people)
        connection.close()

    with log_verification.snapshot():
        assert log_verification.head().seq == 1
        other = threading.Thread(target=publish)
        other.start()
        other.join()
        assert len(list(log_verification.verify())) == 1
    assert "seq   2" in verify()
