"""Commitments that networks of fact-checkers assess, in our own words, and where readers find them.

After the five commitments of the IFCN's code of principles (nonpartisanship and fairness; sources; funding and
organisation; methodology; corrections) and the public part of the EFCSN's code (2022). Paragraph numbers are left out:
they change between editions of the codes. No database: who looks up what is there is ``selectors/readers/pages.py``.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.choices import PageKey


@dataclass(frozen=True, slots=True)
class Proof:
    """Where it can be seen: a page the newsroom writes, or an address (``name``) that the product always has."""

    label: str | Promise
    page: PageKey | None = None
    name: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One commitment."""

    heading: str | Promise
    promise: str | Promise
    proofs: tuple[Proof, ...]


def _page(key: PageKey) -> Proof:
    return Proof("", page=key)


COMMITMENTS: tuple[Commitment, ...] = (
    Commitment(
        _("Nonpartisanship and fairness"),
        _("We apply the same standard to everyone and disclose conflicts of interest."),
        (
            _page(PageKey.FAIRNESS),
            Proof(_("Every claim we checked"), name="claims"),
            Proof(_("Whose claims we checked"), name="claimants"),
            Proof(_("Verdicts by category"), name="figures", anchor="ratings"),
        ),
    ),
    Commitment(
        _("Transparent sources"),
        _("We link all significant evidence, from more than one side, and the primary source where there is one."),
        (
            _page(PageKey.SOURCES_POLICY),
            Proof(_("Every source we used"), name="sources"),
            Proof(_("Share of checks with two sources or more"), name="figures", anchor="sources"),
        ),
    ),
    Commitment(
        _("Funding and organisation"),
        _("Who owns the newsroom, who pays for it, who works there, and how to reach them."),
        (_page(PageKey.ABOUT), _page(PageKey.FUNDING), _page(PageKey.CONTACT)),
    ),
    Commitment(
        _("Method"),
        _(
            "How we choose, check, approve and rate claims. We ask everyone we name for a response, and readers can "
            "suggest claims."
        ),
        (
            _page(PageKey.METHODOLOGY),
            Proof(_("What the verdicts mean"), name="methodology", anchor="ratings"),
            Proof(_("The steps of a check"), name="methodology", anchor="life"),
            Proof(_("Response rate"), name="figures", anchor="replies"),
            Proof(_("Suggest a claim to check"), name="suggest"),
        ),
    ),
    Commitment(
        _("Open and honest corrections"),
        _("Readers can report errors. We correct them visibly, above all when a verdict changes."),
        (
            _page(PageKey.CORRECTIONS_POLICY),
            Proof(_("Corrections and retractions"), name="corrections"),
            Proof(_("Report an error"), name="report_page"),
            _page(PageKey.COMPLAINTS),
        ),
    ),
    Commitment(
        _("Readers’ data"),
        _("What we store about people who read the site, report errors or send tips, and for how long."),
        (_page(PageKey.PRIVACY),),
    ),
    Commitment(
        _("A public record that anyone can verify"),
        _("Anyone can verify what we published, and would notice if it was rewritten."),
        (
            Proof(_("The log’s signed checkpoint"), name="checkpoint"),
            Proof(_("The log’s key"), name="log_key"),
            Proof(_("All checks as ClaimReview data"), name="datafeed"),
        ),
    ),
)
