"""What an approval has to give a reason for, and the reason that was given."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.choices import Stage
from articles.models import Change, Claim
from articles.selectors.log import record_content
from articles.selectors.verification import second_verdicts, statements


def needed(claim: Claim) -> list[str]:
    """Each thing that asks for a reason, as a sentence: what nobody ticked, and second verdicts that differ."""
    verdict = record_content.current_verdict(claim)
    said = []
    if count := len(statements.open_items(claim)):
        said.append(
            ngettext(
                "One figure or quotation is not compared with a source.",
                "%(count)s figures or quotations are not compared with a source.",
                count,
            )
            % {"count": count}
        )
    for second in second_verdicts.differing(claim, verdict):
        said.append(
            _("%(name)s rated it “%(rating)s”.") % {"name": second.person.display_name(), "rating": second.rating}
        )
    return said


def last_approval(claim: Claim) -> Change | None:
    """The step to the present approval, with who took it and the reason; nothing where it is not approved."""
    if claim.stage != Stage.APPROVED:
        return None
    changes = Change.objects.filter(claim_id=claim.pk, table="articles_verdict", after__has_key="approved_by_id")
    return changes.select_related("actor").order_by("-id").first()
