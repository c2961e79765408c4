"""What readers' pages and search cost, against floors that it builds itself: ``make bench-site``.

CPU time of this process and of the database's own processes for it together, in the quietest of interleaved rounds:
only ratios of one run count. In a scratch database, filled in bulk with the demo's records over and over and with as
many different words as a language has, and dropped. Exit code 1 when a bound is missed; ``--no-bounds`` only measures,
``--claims 3000`` takes less patience.
"""

import argparse
import logging
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench import filling, scratch
from bench.api import Bench
from bench.meter import compared

HELLO = "hello world"
FIRST = "search, common word, first time after a publication"
FETCHED = "record fetched, no page made"
#: Neither a log line nor a place in the metrics.
NEITHER = (False, False)
#: Words that are added to claims: the n-th is in about one of n claims.
WORDS = 20_000
#: Searches that are measured: so many of one word and of two, common and rare ones alike.
SEARCHES = 40


#: Each claim gets twelve words in its statement; the common ones come as often as in a language.
_SPREAD = """
UPDATE articles_publishedclaim c SET search = c.search || given.words
FROM (
    SELECT claim_id, string_agg(format('%L:%sA', 'w' || word, place), ' ')::tsvector AS words
    FROM (
        SELECT p.claim_id, n AS place, floor(exp(random() * ln({words})))::int AS word
        FROM articles_publishedclaim p CROSS JOIN generate_series(1, 12) n
    ) drawn GROUP BY claim_id
) given
WHERE given.claim_id = c.claim_id
"""
_SPELT = """
INSERT INTO articles_publishedword (word, shown, claims)
SELECT DISTINCT word, word, 1 FROM (
    SELECT left(translate(md5(n::text), '0123456789', 'ghijklmnop'), 6 + n % 6) AS word
    FROM generate_series(1, 100000) n
) made ON CONFLICT DO NOTHING
"""


def spread_words() -> None:
    """Give the claims words of their own, rare ones and common ones, and readers words to misspell."""
    from django.db import connection

    with connection.cursor() as cursor:
        with filling.without_indexes(cursor, "articles_publishedclaim"):
            cursor.execute(_SPREAD.format(words=WORDS))
        cursor.execute(_SPELT)
        cursor.execute("VACUUM ANALYZE articles_publishedclaim")
        cursor.execute("ANALYZE articles_publishedword")


class Site(Bench):
    """One run over the readers' pages."""

    def page(
        self,
        address: str,
        *,
        tag: str = "",
        seconds: float = 0.0,
        fresh: bool = False,
        seen: tuple[bool, bool] = NEITHER,
    ) -> Any:
        """The answer; ``seconds`` is how long a page may be given again, ``fresh`` forgets what was rendered.

        ``seen`` says whether the request has a log line and whether it is counted for the metrics.
        """
        from django.conf import settings
        from django.core.cache import cache, caches

        settings.PAGE_SECONDS = seconds
        settings.LOG_REQUESTS, settings.HAS_METRICS = seen
        if fresh:
            cache.clear()
            caches["pages"].version += 1  # emptying its folders would cost more than the page
        return self.get(address, tag=tag)

    def claim(self, slug: str) -> None:
        """A claim's page in each way in which it can be answered."""
        address = f"/claims/{slug}/"
        tag = self.page(address).headers["ETag"]
        acts: dict[str, Callable[[], Any]] = {
            HELLO: partial(self.page, "/hello"),
            FETCHED: partial(self.page, f"/fetched/{slug}"),
            "rendered anew": partial(self.page, address, fresh=True),
            "kept by its record": partial(self.page, address),
            "given again": partial(self.page, address, seconds=3600.0),
            "given again, with a line": partial(self.page, address, seconds=3600.0, seen=(True, False)),
            "given again, line and metrics": partial(self.page, address, seconds=3600.0, seen=(True, True)),
            "not modified": partial(self.page, address, tag=tag),
            "not modified, again": partial(self.page, address, tag=tag, seconds=3600.0),
        }
        self.requests(acts)
        costs = self.compare(acts, times=40)
        floor = costs[HELLO]
        self.ratio(f"{FETCHED} / {HELLO}", costs[FETCHED] / floor)
        self.ratio("claim page rendered anew / hello world", costs["rendered anew"] / floor, most=2)
        self.ratio("claim page rendered anew / record fetched", costs["rendered anew"] / costs[FETCHED])
        self.ratio("claim page kept by its record / hello world", costs["kept by its record"] / floor)
        self.ratio("claim page given again / hello world", costs["given again"] / floor, most=0.8)
        again = costs["given again"]
        self.ratio("claim page given again, with a line / without", costs["given again, with a line"] / again)
        self.ratio("claim page given again, line and metrics / without", costs["given again, line and metrics"] / again)
        # No dearer: two measurements of one thing differ by a tenth.
        self.ratio("304 / claim page kept by its record", costs["not modified"] / costs["kept by its record"], most=1.1)
        self.ratio("304 / claim page, both given again", costs["not modified, again"] / costs["given again"], most=1.1)

    def lists(self, depth: int = 0) -> None:
        """Other pages, without bounds."""
        addresses = {
            "front page": "/",
            "list of 20 claims, with facets": "/claims/",
            "the same of one verdict": "/claims/?rating=false",
            "search, common word": "/claims/?q=w3",
            "search, rare word": "/claims/?q=w9000",
            "search, misspelt": "/claims/?q=kalbajr",
        }
        acts: dict[str, Callable[[], Any]] = {HELLO: partial(self.page, "/hello")}
        acts |= {name: partial(self.page, address) for name, address in addresses.items()}
        acts[FIRST] = partial(self.page, "/claims/?q=w3", fresh=True)
        self.requests(acts)
        costs = self.compare(acts, times=5, rounds=5)
        for name in (*addresses, FIRST):
            self.ratio(f"{name} / hello world", costs[name] / costs[HELLO])

    def search(self) -> None:
        """The best 20 with facets, against the bare look-up of the same words in the index."""
        from articles.selectors.readers import facets, published, search_results
        from articles.selectors.readers.claim_filters import Filters

        head = published.head()

        def find(filters: Filters) -> None:
            facets.forget()
            search_results.find(filters, sort="relevance", head=head)

        ours, bare = [], []
        for typed in _searches():
            filters = Filters(q=typed)
            acts = {"find": partial(find, filters), "look up": partial(_look_up, filters)}
            one = compared(self.meter, acts, rounds=3, times=2)
            ours.append(one["find"])
            bare.append(one["look up"])
        for name, costs in (("search with facets", ours), ("bare look-up", bare)):
            middle, most = _share(costs, 0.5) * 1000, _share(costs, 0.95) * 1000
            print(f"  {name:24} median {middle:8.2f} ms, 95th percentile {most:8.2f} ms")
        self.ratio("search with facets / bare look-up, median", _share(ours, 0.5) / _share(bare, 0.5))
        self.ratio(
            "search with facets / bare look-up, 95th percentile", _share(ours, 0.95) / _share(bare, 0.95), most=3
        )


def _searches() -> list[str]:
    """Words from the most common to the rarest, alone and in pairs."""
    steps = [round(WORDS ** (n / SEARCHES)) for n in range(SEARCHES)]
    return [f"w{step}" for step in steps] + [f"w{step} w{1 + step // 3}" for step in steps]


def _look_up(filters: Any) -> None:
    """The claims with these words, and nothing else about them."""
    from django.db import connections, transaction

    from articles.selectors.readers import claim_filters, facets

    rows = claim_filters.filtered(filters).order_by().values_list("claim_id")[: facets.CANDIDATES + 1]
    with transaction.atomic(using="readers"):
        with connections["readers"].cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
        list(rows)


def _share(costs: list[float], share: float) -> float:
    return sorted(costs)[min(len(costs) - 1, round(share * (len(costs) - 1)))]


def main() -> int:
    """Fill the scratch database, measure, and drop it in any case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--no-bounds", action="store_true", help="exit code 0 whatever was measured")
    options = parser.parse_args()
    os.environ.update(
        DEBUG="0",
        SECRET_KEY="only-for-this-measurement" * 3,
        SITE_URL="http://localhost",
        ALLOWED_HOSTS="localhost",
        SECURE_SSL_REDIRECT="0",
        DJANGO_SETTINGS_MODULE="factcheck.settings",
        LOG_LEVEL="ERROR",
    )
    warnings.filterwarnings("ignore", "No directory at", UserWarning)  # nobody asks for static files here
    with scratch.database_url("site", template=scratch.migrated()), tempfile.TemporaryDirectory() as static:
        missed = _measured(options.claims, options.rounds, static)
    return 1 if missed and not options.no_bounds else 0


def _write_lines_nowhere() -> None:
    """The lines of requests are made and written, to where nobody sees them."""
    from factcheck.insight.log_lines import JsonFormatter

    handler = logging.StreamHandler(open(os.devnull, "w"))  # noqa: SIM115 - until the process ends
    handler.setFormatter(JsonFormatter())
    logger = logging.getLogger("factcheck.requests")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _measured(claims: int, rounds: int, static: str) -> int:
    """Everything; returns how many bounds were missed."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    settings.STATIC_ROOT = static
    settings.VAR_DIR = Path(static)
    _write_lines_nowhere()
    call_command("collectstatic", interactive=False, verbosity=0)
    settings.ROOT_URLCONF = "bench.urls"
    began = time.monotonic()
    filling.published(claims)
    spread_words()
    print(f"{claims} claims filled in, in {time.monotonic() - began:.0f} s", flush=True)
    from articles.selectors.readers import published

    site = Site(rounds)
    claim = published.claims(published.Filters(q="peacekeepers mandate"), size=1).rows[0]
    site.claim(claim.slug)
    site.search()
    site.lists()
    connections.close_all()
    return site.missed


if __name__ == "__main__":
    sys.exit(main())
