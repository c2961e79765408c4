"""Indexes by which the list of claims is searched and sorted; made without a lock on the tables."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from articles.folding.columns import Folded, FoldedMarkup, folded_index

_INDEXES = (
    ("appearance", folded_index(Folded("exact"), name="passage_by_folded_words")),
    ("article", folded_index(Folded("title", "publisher"), name="article_by_folded_words")),
    ("claim", folded_index(Folded("text"), name="claim_by_folded_text")),
    ("claim", models.Index(fields=["-updated_at"], name="claim_by_update")),
    ("claim", models.Index(fields=["-created_at"], name="claim_by_entry")),
    ("claimant", folded_index(Folded("name"), name="claimant_by_folded_words")),
    ("comment", folded_index(Folded("text"), name="comment_by_folded_words")),
    ("evidence", folded_index(Folded("quote", "locator", "note"), name="evidence_by_folded_words")),
    ("source", folded_index(Folded("title", "publisher"), name="source_by_folded_words")),
    ("verdict", folded_index(Folded("summary"), name="verdict_by_folded_summary")),
    ("verdict", folded_index(FoldedMarkup("explanation_html"), name="verdict_by_folded_explanation")),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("articles", "0037_claim_list")]

    operations = [AddIndexConcurrently(model_name, index) for model_name, index in _INDEXES]
