"""Everything that is registered with the admin site, after what Django and libraries register there."""

from desk import newsroom
from desk.articles import admin as articles
from desk.claims import admin as claims
from desk.jobs import admin as jobs
from desk.library import claim_templates, ratings, sources, topics
from desk.partners import deliveries, endpoints, partners
from desk.people import admin as people
from desk.people import tokens
from desk.reports import admin as reports
from desk.submissions import admin as submissions

__all__ = [
    "articles",
    "claim_templates",
    "claims",
    "deliveries",
    "endpoints",
    "jobs",
    "newsroom",
    "partners",
    "people",
    "ratings",
    "reports",
    "sources",
    "submissions",
    "tokens",
    "topics",
]
