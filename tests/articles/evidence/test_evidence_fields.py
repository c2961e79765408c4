"""The description of the fields of evidence, against the columns and with fields that evidence does not have."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import models

from articles.choices import Severity
from articles.evidence_fields import FIELDS, EvidenceField, Kind, labelled, values
from articles.models import Evidence
from readers.http.labels import LabelledField, labelled_fields
from tests.findings import assert_none

COLUMNS = {
    Kind.LINE: models.CharField,
    Kind.TEXT: models.TextField,
    Kind.DAY: models.DateField,
    Kind.CHOICE: models.CharField,
    Kind.ADDRESS: models.CharField,
}
#: Columns that no person fills in as a value, or that lead to another row.
OTHERS = {"id", "created_at", "position"}
MINOR = str(Severity.MINOR.label)
ADDRESS = "https://a.example/"


def test_each_column_is_described_and_has_the_kind_of_its_description() -> None:
    columns = {
        column.name: column
        for column in Evidence._meta.concrete_fields
        if not column.is_relation and column.name not in OTHERS
    }
    assert list(columns) == [field.name for field in FIELDS]
    assert_none(field.name for field in FIELDS if not isinstance(columns[field.name], COLUMNS[field.kind]))
    assert_none(
        field.name for field in FIELDS if field.choices and columns[field.name].choices != field.choices.choices
    )
    assert_none(field.name for field in FIELDS if columns[field.name].help_text != field.help_text)


def test_a_day_is_written_as_a_date_and_nothing_as_an_empty_text() -> None:
    fields = [EvidenceField("seen_on", "Seen on", Kind.DAY), EvidenceField("shelf", "Shelf", Kind.LINE)]
    row = SimpleNamespace(seen_on=date(2026, 2, 24), shelf=None)
    assert values(row, fields) == {"seen_on": "2026-02-24", "shelf": ""}


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (EvidenceField("x", "Shelf", Kind.LINE), "B 4", LabelledField("Shelf", "B 4")),
        (EvidenceField("x", "Seen on", Kind.DAY), "2026-02-24", LabelledField("Seen on", "24 February 2026")),
        (EvidenceField("x", "Reach", Kind.CHOICE, choices=Severity), "minor", LabelledField("Reach", MINOR)),
        (EvidenceField("x", "Copy", Kind.ADDRESS), ADDRESS, LabelledField("Copy", ADDRESS, ADDRESS)),
        (EvidenceField("x", "Copy", Kind.ADDRESS), "ftp://a.example/", LabelledField("Copy", "ftp://a.example/")),
    ],
)  # fmt: skip
def test_a_labelled_field_is_shown_by_its_kind(field: EvidenceField, value: str, shown: LabelledField) -> None:
    assert labelled_fields({"x": value}, [field]) == [shown]


def test_fields_without_a_value_and_fields_with_a_fixed_place_are_not_labelled() -> None:
    fields = [EvidenceField("x", "X", Kind.LINE), EvidenceField("y", "Y", Kind.LINE, is_labelled=False)]
    assert labelled({"x": "", "y": "y"}, fields) == []
    assert labelled({"y": "y"}, fields) == []
