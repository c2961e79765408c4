"""That a larger tree begins with a smaller one: every pair of sizes, and proofs that are none."""

import hashlib

import pytest

from lib.transparency import merkle

LEAVES = [hashlib.sha256(bytes([number])).digest() for number in range(33)]


def root(first, end):
    frontier = []
    for n, leaf in enumerate(LEAVES[first:end]):
        frontier = merkle.append(frontier, n, leaf)
    return merkle.root(frontier)


def proof(old, size):
    return [root(first, end) for first, end in merkle.consistency(old, size)]


@pytest.mark.parametrize("size", range(1, 34))
def test_a_proof_leads_from_each_smaller_tree_to_the_larger_one(size):
    for old in range(1, size + 1):
        found = merkle.roots_from_consistency(old, size, root(0, old), proof(old, size))
        assert found == (root(0, old), root(0, size))


def test_the_example_of_the_standard_has_its_parts():
    """RFC 6962 §2.1.3: from 3, 4 and 6 leaves to 7."""
    assert merkle.consistency(3, 7) == [(2, 3), (3, 4), (0, 2), (4, 7)]
    assert merkle.consistency(4, 7) == [(4, 7)]
    assert merkle.consistency(6, 7) == [(4, 6), (6, 7), (0, 4)]


@pytest.mark.parametrize("old", range(1, 17))
def test_a_proof_of_another_history_leads_to_another_root(old):
    wrong = [bytes(32), *proof(old, 17)[1:]]
    assert merkle.roots_from_consistency(old, 17, root(0, old), wrong) != (root(0, old), root(0, 17))
    with pytest.raises(ValueError, match="hashes, not"):
        merkle.roots_from_consistency(old, 17, root(0, old), [*proof(old, 17), bytes(32)])


def test_a_tree_does_not_begin_with_a_larger_one():
    with pytest.raises(ValueError, match="does not begin with 5"):
        merkle.consistency(5, 4)
