"""Log lines hold no keys."""

import logging

import pytest

from factcheck.log_redaction import RedactingFormatter

KEY = "fcp_Ab12Cd34" + "x" * 35


@pytest.mark.parametrize(
    "address",
    [f"/claims/{KEY}/", f"/claims/?q={KEY}&page=2", f"/claims/{KEY.replace('_', '%5F', 1)}/", f"/{KEY}", f"/a?{KEY}"],
)
def test_a_key_in_an_address_is_cut_to_its_beginning(address: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: %s", (address,), None)
    line = RedactingFormatter("{message}", style="{").format(record)
    assert "Ab12Cd34…" in line
    assert "xxxx" not in line


def test_words_that_are_no_keys_are_kept() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "/claims/fcp_short/", (), None)
    assert RedactingFormatter("{message}", style="{").format(record) == "/claims/fcp_short/"
