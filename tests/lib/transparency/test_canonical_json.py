"""The bytes of a record and the tree over them, against the standards they follow."""

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.transparency import canonical_json, merkle


def test_the_example_of_rfc_8785_for_sorting_and_escapes() -> None:
    # RFC 8785 §3.2.3: keys are sorted by UTF-16 code units.
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    keys = list(json.loads(canonical_json.canonical({k: v for k, v in value.items() if k != "\ufb33"})))
    assert keys == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600"]
    assert canonical_json.canonical('\u20ac$\u000f\nA\'B"\\\\"/') == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'.encode()


_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


@given(_values)
def test_the_canonical_form_of_a_parsed_document_is_the_same(value: object) -> None:
    data = canonical_json.canonical(value)
    assert canonical_json.canonical(json.loads(data)) == data


@pytest.mark.parametrize("bad", [1.5, float("nan"), b"bytes", {1: "a"}, 2**53, "half \ud800", {"x": {1, 2}}])
def test_values_without_a_canonical_form_are_refused(bad: object) -> None:
    with pytest.raises(canonical_json.NotCanonicalError):
        canonical_json.canonical(bad)


def test_strings_are_put_into_nfc() -> None:
    assert canonical_json.canonical("e\u0301") == '"é"'.encode()


def _plain_root(leaves: list[bytes]) -> bytes:
    """RFC 6962 §2.1, written down as the definition says it."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = _plain_root(leaves[:split]), _plain_root(leaves[split:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_frontier_gives_the_root_of_the_definition_for_every_size() -> None:
    leaves: list[bytes] = []
    frontier: list[bytes] = []
    wrong = []
    for size in range(258):
        if merkle.root(frontier) != _plain_root(leaves):
            wrong.append(size)
        leaf = merkle.leaf(str(size).encode())
        frontier = merkle.append(frontier, size, leaf)
        leaves.append(leaf)
    assert wrong == []


def test_a_leaf_is_hashed_as_rfc_6962_says() -> None:
    assert merkle.leaf(b"") == bytes.fromhex("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")


def test_a_frontier_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="perfect subtrees"):
        merkle.append([], 1, merkle.leaf(b"x"))
