"""Fills the database of a proof, in a process of its own: ``python -m bench.faults.filling CLAIMS``; prints JSON.

People who sign in, a partner with a key, and so many claims that are approved and wait for their publication.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

PASSWORD = "a long phrase for the proof"  # noqa: S105 - of people whom the proof makes
BODY = "The mayor of Lindholm said on Monday that the new bridge cost 12 million crowns. It was opened in 2019."
QUOTE = "the new bridge cost 12 million crowns"
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def fill(claims: int) -> dict[str, Any]:
    """What the writers need to know."""
    from accounts import roles, services
    from accounts.services.tokens import issue_token
    from partners.models import Partner
    from partners.services import keys

    services.ensure_roles()
    given = {"reporter": roles.REPORTER, "checker": roles.CHECKER, "editor": roles.EDITOR}
    people = {
        name: services.ensure_user(
            username=f"proof-{name}", password=PASSWORD, role=role, email=f"{name}@proof.example"
        )
        for name, role in given.items()
    }
    partner = Partner.objects.create(name="Proof", contact_email="proof@example.org")
    _key, secret = keys.issue_key(partner=partner, name="proof", scopes=["submit"])
    tokens = {name: issue_token(user=person, name="proof")[1] for name, person in people.items()}
    approved = list(_approved(people, claims))
    return {"partner_key": secret, "tokens": tokens, "password": PASSWORD, "claims": approved}


def _material(reporter: Any) -> tuple[Any, list[Any]]:
    """The current text of an article, and two sources."""
    from articles.choices import CaptureMethod
    from articles.services.articles import intake
    from articles.services.library import sources

    by: dict[str, Any] = {"by": reporter, "at": AT}
    facts = {"title": "A bridge for Lindholm", "publisher": "Lindholm Herald", "how": CaptureMethod.PASTE}
    article = intake.import_text(body=BODY, **facts, **by).article
    city = {"kind": "document", "publisher": "City"}
    cited = [sources.add_source(title=f"Minutes {n}", url=f"https://c.example/{n}", **city, **by) for n in (1, 2)]
    return article.current_version(), cited


def _approved(people: dict[str, Any], claims: int) -> Any:
    from articles.models import Rating
    from articles.services.claims import claims as entering
    from articles.services.evidence import evidence
    from articles.services.verification import readings, transitions, verdicts

    reporter = people["reporter"]
    version, cited = _material(reporter)
    rating = Rating.objects.current().get(key="true")
    for number in range(claims):
        by: dict[str, Any] = {"by": reporter, "at": AT}
        claim = entering.create(
            text=f"The bridge no. {number} cost millions", language="en", is_unattributed=True, **by
        )
        claim = entering.mark(claim=claim, article_version=version, exact=QUOTE, version=claim.version, **by).claim
        for source, stance in zip(cited, ("supports", "context"), strict=True):
            fields = {"source": source, "stance": stance, "locator": "page 4"}
            claim = evidence.add(claim=claim, version=claim.version, **fields, **by).claim
        verdict = {"rating": rating, "summary": "The minutes show it.", "explanation_html": "<p>So it is.</p>"}
        claim = verdicts.propose_verdict(claim=claim, version=claim.version, **verdict, **by).claim
        for step, who in (("start", "reporter"), ("submit", "reporter"), ("approve", "checker")):
            if step == "approve":
                readings.note(claim=claim, by=people[who], at=AT)
            claim = transitions.apply_transition(
                claim=claim, transition=step, by=people[who], at=AT, version=claim.version, comment="Compared."
            )
        yield {"id": str(claim.pk), "version": claim.version}


def main() -> None:
    """Fill, and print what the writers need to know."""
    import django

    django.setup()
    print(json.dumps(fill(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
