"""The desk: one module for each area. They only draw pages and call services."""

from articles.admin import articles, claims, sources, submissions, vocabulary

__all__ = ["articles", "claims", "sources", "submissions", "vocabulary"]
