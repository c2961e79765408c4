"""The desk: one module for each area. They only draw pages and call services."""

from articles.admin import articles, claims, pages, reader_reports, sources, submissions, vocabulary

__all__ = ["articles", "claims", "pages", "reader_reports", "sources", "submissions", "vocabulary"]
