"""Every public address, taken from the resolver: an address whose parameter nobody knows how to fill is an error, so a
new page cannot be forgotten."""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote
from uuid import uuid4

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import Article, Claim, Claimant, Picture, Source, Submission

#: Not walked: these are for people who sign in, and have tests of their own.
FOR_STAFF = ("admin/", "api/v1/desk/")


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if route.startswith(FOR_STAFF):
            continue
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, route)
        else:
            yield route, entry


def samples() -> dict[str, list[str]]:
    """What each parameter of an address may be filled with. All slugs and ids of the desk are among them."""
    slugs = [
        m for model in (Claim, Article, Claimant, Source) for m in model._default_manager.values_list("slug", flat=True)
    ]

    def ids(model: type[models.Model]) -> list[str]:
        return [str(pk) for pk in model._default_manager.values_list("pk", flat=True)] + [str(uuid4())]

    return {
        "slug": slugs,
        "token": ["a-secret-that-nobody-was-given"],  # what a right one shows: tests/articles/expert
        "revision": ["1", "2", "3"],
        "topic": sorted({topic for topics in Claim.objects.values_list("topics", flat=True) for topic in topics}),
        "claim_id": ids(Claim),
        "article_id": ids(Article),
        "source_id": ids(Source),
        "claimant_id": ids(Claimant),
        "submission_id": ids(Submission),
        "address": ["0/000.p/1", "entries/000.p/1"],
        "rest": ["", "v1/nothing/"],
        "endpoint_id": ["1"],
        "reference": ["a-reference-that-nobody-was-given"],
        "key": ["about", "funding", "fairness", "methodology", "sources-policy", "corrections-policy", "complaints"],
        "kind": ["claims", "articles", "claimants", "nothing"],
        "part": ["1", "2"],
        "sha256": [*Picture.objects.values_list("sha256", flat=True), "0" * 64],
        "width": ["120", "320"],
        "ending": ["avif", "jpg", "svg"],
        "number": ["0", "1", "2", "3", "4", "99"],
    }


_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses() -> Iterator[str]:
    """Every public address, with each value of each of its parameters."""
    values_of = samples()
    for route, pattern in _patterns(get_resolver()):
        plain = route.replace("^", "").replace(r"\Z", "")
        names = [a or b for a, b in _PARAMETER.findall(plain)]
        unknown = set(names) - set(values_of)
        assert not unknown, f"Say in samples() what fills {unknown} of {route} ({pattern.callback.__qualname__})."
        for values in product(*(values_of[name] for name in names)):
            filled = iter(values)
            yield "/" + _PARAMETER.sub(lambda _: quote(next(filled)), plain)  # noqa: B023
