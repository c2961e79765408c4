"""Masks of fields: read as Google's APIs read them, or refused with what is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http import field_masks

KNOWN: dict[str, Any] = {"claims": {"text": {}, "review": {"url": {}, "site": {"name": {}}}}, "token": {}}
WHOLE = {"claims": [{"text": "a", "review": [{"url": "u", "site": {"name": "n"}}]}], "token": "t"}


@pytest.mark.parametrize(
    ("mask", "left"),
    [
        ("*", WHOLE),
        ("claims,token", WHOLE),
        ("token", {"token": "t"}),
        ("claims/text", {"claims": [{"text": "a"}]}),
        ("claims/text,claims/review/url", {"claims": [{"text": "a", "review": [{"url": "u"}]}]}),
        ("claims( text , review/url ),token", {"claims": [{"text": "a", "review": [{"url": "u"}]}], "token": "t"}),
        ("claims(review(site/name))", {"claims": [{"review": [{"site": {"name": "n"}}]}]}),
        ("claims/*/url", {"claims": [{"review": [{"url": "u"}]}]}),
        ("claims/review/*", {"claims": [{"review": [{"url": "u", "site": {"name": "n"}}]}]}),
        ("claims/text,claims", {"claims": WHOLE["claims"]}),
        ("*/text", {"claims": [{"text": "a"}]}),
    ],
)
def test_a_field_mask_keeps_only_the_named_fields(mask: str, left: Any) -> None:
    assert field_masks.apply(field_masks.parse(mask, KNOWN), WHOLE) == left


@pytest.mark.parametrize(
    "mask",
    ["", ",", "claims,", "claims/", "claims(text", "claims)", "claims text", "nothing", "claims/nothing", "token/x",
     "claims()", "claims(text)review", "claims/te-xt", "token)", "(token)", "a" * 501, "claims(text),,token"],
)  # fmt: skip
def test_a_malformed_field_mask_is_refused(mask: str) -> None:
    with pytest.raises(field_masks.MaskError):
        field_masks.parse(mask, KNOWN)


@given(st.text("claims/text(),*review site", max_size=60))
def test_any_text_is_a_field_mask_or_refused_as_one(mask: str) -> None:
    try:
        kept = field_masks.parse(mask, KNOWN)
    except field_masks.MaskError:
        return
    assert set(field_masks.apply(kept, WHOLE)) <= set(WHOLE)
