"""The small versions of proofs start with the tests' migrated database and their static files."""

import pytest


@pytest.fixture(autouse=True, scope="session")
def _scratch_databases_are_copies(django_db_setup: None) -> None:
    """Alone in a run, a proof would apply all migrations and collect the static files for itself."""
