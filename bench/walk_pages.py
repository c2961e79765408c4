"""Every kind of page that a reader can meet, in the demo: what ``bench.walk`` goes through."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stop:
    """A page to look at: a short name for files, its path without a language, and the template it is made from.

    ``has_languages`` is false for what has one address in all languages. ``made_of`` is for a page to which no request
    leads in the demo: it is rendered here from this context and laid over the address.
    """

    name: str
    path: str
    template: str
    has_languages: bool = True
    made_of: dict[str, str] | None = None


#: Templates that are no pages: feeds of addresses for machines.
FOR_MACHINES = {"public/sitemap.xml", "public/sitemap_index.xml", "public/sitemap_news.xml"}
_LISTS = {
    "front": "/",
    "claims": "/claims/",
    "articles": "/articles/",
    "claimants": "/claimants/",
    "sources": "/sources/",
    "topics": "/topics/",
    "corrections": "/corrections/",
    "methodology": "/methodology/",
    "trust": "/trust/",
    "figures": "/figures/",
    "suggest": "/suggest/",
    "report": "/report/",
}


def fill() -> list[Stop]:
    """Load the demo, and have somebody report, suggest and be asked; returns every stop."""
    from articles.demo import about, load, people

    newsroom = people.ensure()
    load.load(newsroom)
    about.load(newsroom)
    _withdraw("complaints", newsroom)
    return [*_lists(), *_records(), *_sent(newsroom), *_errors()]


def _withdraw(key: str, newsroom: Any) -> None:
    from django.utils import timezone

    from articles.models import Page
    from articles.services import pages

    page = Page.objects.get(key=key)
    pages.withdraw(page=page, by=newsroom.admin, at=timezone.now(), version=page.version, note="To be written anew.")


def _lists() -> Iterator[Stop]:
    for name, path in _LISTS.items():
        yield Stop(name, path, f"public/{name}.html")
    yield Stop("search", "/claims/?q=ceasefire", "public/claims.html")
    yield Stop("search-filtered", "/claims/?q=the&rating=false&language=en", "public/claims.html")
    yield Stop("search-nothing", "/claims/?q=kalbajr", "public/claims.html")
    yield Stop("corrections-filtered", "/corrections/?kind=verdict", "public/corrections.html")
    yield Stop("withdrawn", "/complaints/", "public/page.html")
    yield Stop("about", "/about/", "public/page.html")
    yield Stop("about-history", "/about/history/", "public/page_history.html")


def _records() -> Iterator[Stop]:
    """A claim of each kind, its revisions, and what it is connected with."""
    from articles.models import PublishedArticle, PublishedClaim, PublishedClaimant, PublishedSource

    standing = PublishedClaim.objects.filter(is_retracted=False)
    corrected = standing.filter(corrected_at__isnull=False, language="en").order_by("-record_id")[0]
    retracted = PublishedClaim.objects.filter(is_retracted=True)[0]
    chosen = {"claim": standing.filter(language="en", corrected_at=None)[0], "claim-corrected": corrected}
    chosen |= {f"claim-{code}": standing.filter(language=code)[0] for code in ("ru", "ar")}
    for name, claim in chosen.items():
        yield Stop(name, f"/claims/{claim.slug}/", "public/claim.html")
    yield Stop("claim-retracted", f"/claims/{retracted.slug}/", "public/claim_retracted.html")
    yield Stop("revision-old", f"/claims/{corrected.slug}/r1/", "public/claim.html")
    yield Stop("history", f"/claims/{corrected.slug}/history/", "public/history.html")
    yield Stop("error-400", f"/claims/{corrected.slug}/history/?from=x", "public/400.html")
    yield Stop("report-claim", f"/claims/{corrected.slug}/report/", "public/report.html")
    for name, claim in {"embed": corrected, "embed-retracted": retracted}.items():
        yield Stop(name, f"/embed/{claim.slug}/", "public/embed.html")
    for name, model in {"article": PublishedArticle, "claimant": PublishedClaimant, "source": PublishedSource}.items():
        yield Stop(name, f"/{name}s/{model._default_manager.order_by('pk')[0].slug}/", f"public/{name}.html")
    yield Stop("topic", f"/topics/{corrected.topics[0]}/", "public/topic.html")


def _sent(newsroom: Any) -> Iterator[Stop]:
    """What a reader sent in, and what an expert is asked."""
    from django.utils import timezone

    from articles.models import Claim
    from articles.services import experts, reports, submissions

    now = timezone.now()
    report = reports.receive(form="1", page="/", what="The date is wrong", at=now)
    yield Stop("reported", f"/reports/{report.reference}/", "public/reported.html")
    sent = submissions.receive_from_reader(form="2", at=now, text="The bridge was closed in May")
    yield Stop("suggested", f"/suggestions/{sent.reference}/", "public/suggested.html")
    claim = Claim.objects.filter(stage="checking")[0]
    asked = {"invited": "Ada", "question": "How wide is it?\nHow do you know?", "days": 14}
    _link, secret = experts.invite(claim=claim, by=newsroom.editor, at=now, **asked)
    yield Stop("expert", f"/expert/{secret}/", "expert/claim.html")
    yield Stop("expert-refused", "/expert/nothing/", "expert/refused.html")


def _errors() -> Iterator[Stop]:
    yield Stop("error-404", "/claims/no-such-claim/", "public/404.html")
    yield Stop("not-written", "/not-written/", "public/page_missing.html", made_of={"label": "Complaints"})
    for name in ("400", "403", "403_csrf", "404", "500"):
        yield Stop(f"made-{name}", f"/made-{name}/", f"{name}.html", made_of={})
