"""Explanations as HTML: what may be in them, citations, tables and charts."""
