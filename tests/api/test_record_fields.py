"""The table of a record's fields in the documentation is the schema's, and the schema leaves no field unexplained."""

import pytest

from api.openapi.components import COMPONENTS
from api.openapi.meanings import MEANINGS
from tools import record_fields


def test_the_table_of_fields_is_current() -> None:
    stored = record_fields.PAGE.read_text(encoding="utf-8")
    assert record_fields.page(stored, COMPONENTS) == stored, "The schema of records changed: make docs"


def test_every_field_of_a_record_has_a_meaning() -> None:
    found = list(record_fields.fields(COMPONENTS["Record"], COMPONENTS))
    assert len(found) > 90
    assert [path for path, _, meaning in found if not meaning] == []


@pytest.mark.parametrize("name", MEANINGS)
def test_every_meaning_belongs_to_a_field(name: str) -> None:
    known = {path.replace("[]", "") for path, _, _ in record_fields.fields(COMPONENTS[name], COMPONENTS)}
    assert [path for path in MEANINGS[name] if path not in known] == []


def test_a_page_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="lacks the line"):
        record_fields.page("# A page\n", COMPONENTS)
