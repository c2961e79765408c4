"""The family of refusals: a code for programs, a sentence for people."""

from lib.refusals import NotAllowedError, NotNowError, RefusedError, StaleError


def test_every_class_has_its_code_and_an_instance_may_have_another() -> None:
    assert RefusedError("No.").code == "refused"
    assert RefusedError("No.", code="not_live").code == "not_live"
    assert RefusedError("No.").code == "refused"  # the class kept its own
    assert NotNowError("Later.", retry_after=5).code == "not_now"
    assert NotNowError("Later.", code="test_under_way", retry_after=5).retry_after == 5


def test_a_missing_permission_is_named_with_the_groups_that_hold_it() -> None:
    assert str(NotAllowedError.for_("You may not.")) == "You may not."
    refused = NotAllowedError.for_("You may not publish.", groups="Groups that have it: Editor, Administrator.")
    text = "You may not publish. Groups that have it: Editor, Administrator."
    assert (refused.code, str(refused)) == ("not_allowed", text)


def test_a_stale_change_says_so_in_the_one_text_and_carries_the_version() -> None:
    refused = StaleError(current=7)
    assert (refused.code, refused.current, str(refused)) == ("stale", 7, StaleError.TEXT)
