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
FOR_MACHINES = {"readers/feeds/sitemap.xml", "readers/feeds/sitemap_index.xml", "readers/feeds/sitemap_news.xml"}
#: Name → address and template.
_LISTS = {
    "front": ("/", "readers/front.html"),
    "claims": ("/claims/", "readers/search/claims.html"),
    "articles": ("/articles/", "readers/library/articles.html"),
    "claimants": ("/claimants/", "readers/library/claimants.html"),
    "sources": ("/sources/", "readers/library/sources.html"),
    "topics": ("/topics/", "readers/library/topics.html"),
    "corrections": ("/corrections/", "readers/newsroom/corrections.html"),
    "methodology": ("/methodology/", "readers/newsroom/methodology.html"),
    "trust": ("/trust/", "readers/newsroom/trust.html"),
    "figures": ("/figures/", "readers/newsroom/figures.html"),
    "suggest": ("/suggest/", "readers/submissions/suggest.html"),
    "status": ("/status/", "readers/tips/status.html"),
    "report": ("/report/", "readers/reports/report.html"),
    "follow": ("/follow/", "readers/following/follow.html"),
    "follow-asked": ("/follow/asked/", "readers/following/asked.html"),
}


def fill() -> list[Stop]:
    """Load the demo, and have somebody report, suggest and be asked; returns every stop."""
    from demo import about, load, people

    newsroom = people.ensure()
    load.load(newsroom)
    about.load(newsroom)
    _withdraw("complaints", newsroom)
    return [*_lists(), *_records(), *_sent(newsroom), *_followed(), *_errors()]


def _withdraw(key: str, newsroom: Any) -> None:
    from django.utils import timezone

    from articles.models import Page
    from articles.services.newsroom import pages

    page = Page.objects.get(key=key)
    pages.withdraw(page=page, by=newsroom.admin, at=timezone.now(), version=page.version, note="To be written anew.")


def _lists() -> Iterator[Stop]:
    for name, (path, template) in _LISTS.items():
        yield Stop(name, path, template)
    yield Stop("search", "/claims/?q=ceasefire", "readers/search/claims.html")
    yield Stop("search-filtered", "/claims/?q=the&rating=false&language=en", "readers/search/claims.html")
    yield Stop("search-nothing", "/claims/?q=kalbajr", "readers/search/claims.html")
    yield Stop("corrections-filtered", "/corrections/?kind=verdict", "readers/newsroom/corrections.html")
    yield Stop("withdrawn", "/complaints/", "readers/newsroom/page.html")
    yield Stop("about", "/about/", "readers/newsroom/page.html")
    yield Stop("about-history", "/about/history/", "readers/newsroom/page_history.html")


def _records() -> Iterator[Stop]:
    """A claim of each kind, its revisions, and what it is connected with."""
    from articles.models import PublishedArticle, PublishedClaim, PublishedClaimant, PublishedSource

    standing = PublishedClaim.objects.filter(is_retracted=False)
    corrected = standing.filter(corrected_at__isnull=False, language="en").order_by("-record_id")[0]
    retracted = PublishedClaim.objects.filter(is_retracted=True)[0]
    chosen = {"claim": standing.filter(language="en", corrected_at=None)[0], "claim-corrected": corrected}
    chosen |= {f"claim-{code}": standing.filter(language=code)[0] for code in ("ru", "ar")}
    for name, claim in chosen.items():
        yield Stop(name, f"/claims/{claim.slug}/", "readers/claims/claim.html")
    yield Stop("claim-retracted", f"/claims/{retracted.slug}/", "readers/claims/retracted.html")
    yield Stop("revision-old", f"/claims/{corrected.slug}/r1/", "readers/claims/claim.html")
    yield Stop("history", f"/claims/{corrected.slug}/history/", "readers/claims/history.html")
    yield Stop("error-400", f"/claims/{corrected.slug}/history/?from=x", "readers/400.html")
    yield Stop("report-claim", f"/claims/{corrected.slug}/report/", "readers/reports/report.html")
    for name, claim in {"embed": corrected, "embed-retracted": retracted}.items():
        yield Stop(name, f"/embed/{claim.slug}/", "readers/sharing/embed.html")
    for name, model in {"article": PublishedArticle, "claimant": PublishedClaimant, "source": PublishedSource}.items():
        yield Stop(name, f"/{name}s/{model._default_manager.order_by('pk')[0].slug}/", f"readers/library/{name}.html")
    yield Stop("topic", f"/topics/{corrected.topics[0]}/", "readers/library/topic.html")


def _sent(newsroom: Any) -> Iterator[Stop]:
    """What a reader sent in, and what an expert is asked."""
    from django.utils import timezone

    from articles.models import Claim
    from articles.services import reports, submissions
    from articles.services.collaboration import experts

    now = timezone.now()
    report = reports.receive(form="1", page="/", what="The date is wrong", at=now)
    yield Stop("reported", f"/reports/{report.reference}/", "readers/reports/reported.html")
    sent = submissions.receive_from_reader(form="2", at=now, text="The bridge was closed in May")
    yield Stop("suggested", f"/suggestions/{sent.reference}/", "readers/submissions/suggested.html")
    claim = Claim.objects.filter(stage="checking")[0]
    asked = {"invited": "Ada", "question": "How wide is it?\nHow do you know?", "days": 14}
    _link, secret = experts.invite(claim=claim, by=newsroom.editor, at=now, **asked)
    yield Stop("expert", f"/expert/{secret}/", "readers/expert/claim.html")
    yield Stop("expert-refused", "/expert/nothing/", "readers/expert/refused.html")


def _followed() -> Iterator[Stop]:
    """What a reader follows, and what waits for them to confirm it."""
    from urllib.parse import urlsplit

    from django.utils import timezone

    from followers import links
    from followers.models import Follower
    from followers.services import following

    given = {"email": "reader@mail.example", "rhythm": "weekly", "language": "en", "at": timezone.now()}
    following.ask(kind="topic", target="Kalbajar", **given)
    reader = Follower.objects.get(email=given["email"])
    ids = list(reader.follows.values_list("pk", flat=True))
    following.confirm(follower=reader.pk, follows=ids, at=timezone.now())
    following.ask(kind="corrections", target="", **given)
    own, stop = links.own_page(reader.pk, "en"), links.stop(reader.pk, ids, "en")
    yield Stop("follows", urlsplit(own).path, "readers/following/follows.html")
    yield Stop("follow-stop", urlsplit(stop).path, "readers/following/stop.html")


def _errors() -> Iterator[Stop]:
    yield Stop("error-404", "/claims/no-such-claim/", "readers/404.html")
    yield Stop("not-written", "/not-written/", "readers/newsroom/page_missing.html", made_of={"label": "Complaints"})
    yield Stop("unavailable", "/unavailable/", "readers/503.html", made_of={})
    for name in ("400", "403", "403_csrf", "404", "500"):
        yield Stop(f"made-{name}", f"/made-{name}/", f"{name}.html", made_of={})
