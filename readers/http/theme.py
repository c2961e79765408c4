"""A newsroom's own theme folder: templates that lie where the first edition had them are named at start-up."""

from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

#: Where each template of the first edition is now. Both relative to a theme's folder "templates".
MOVED: Final = {
    "expert/claim.html": "readers/expert/claim.html",
    "expert/refused.html": "readers/expert/refused.html",
    "public/400.html": "readers/400.html",
    "public/404.html": "readers/404.html",
    "public/article.html": "readers/library/article.html",
    "public/articles.html": "readers/library/articles.html",
    "public/base.html": "readers/base.html",
    "public/claim.html": "readers/claims/claim.html",
    "public/claim_retracted.html": "readers/claims/retracted.html",
    "public/claimant.html": "readers/library/claimant.html",
    "public/claimants.html": "readers/library/claimants.html",
    "public/claims.html": "readers/search/claims.html",
    "public/corrections.html": "readers/newsroom/corrections.html",
    "public/embed.html": "readers/sharing/embed.html",
    "public/figures.html": "readers/newsroom/figures.html",
    "public/front.html": "readers/front.html",
    "public/history.html": "readers/claims/history.html",
    "public/methodology.html": "readers/newsroom/methodology.html",
    "public/page.html": "readers/newsroom/page.html",
    "public/page_history.html": "readers/newsroom/page_history.html",
    "public/page_missing.html": "readers/newsroom/page_missing.html",
    "public/parts/balance.html": "readers/claims/parts/balance.html",
    "public/parts/basis.html": "readers/claims/parts/glance.html",
    "public/parts/card.html": "readers/parts/card.html",
    "public/parts/checked.html": "readers/parts/checked.html",
    "public/parts/claim_head.html": "readers/claims/parts/claim_head.html",
    "public/parts/corrections.html": "readers/claims/parts/corrections.html",
    "public/parts/evidence.html": "readers/claims/parts/evidence.html",
    "public/parts/feed_entry.html": "readers/feeds/parts/entry.html",
    "public/parts/feed_fix.html": "readers/feeds/parts/correction.html",
    "public/parts/fix.html": "readers/claims/parts/correction.html",
    "public/parts/follow.html": "readers/feeds/parts/follow.html",
    "public/parts/follow_head.html": "readers/feeds/parts/follow_head.html",
    "public/parts/keep_address.html": "readers/parts/keep_address.html",
    "public/parts/logo.html": "readers/parts/logo.html",
    "public/parts/neighbours.html": "readers/claims/parts/neighbours.html",
    "public/parts/nothing_found.html": "readers/search/parts/nothing_found.html",
    "public/parts/over_time.html": "readers/claims/parts/over_time.html",
    "public/parts/page_foot.html": "readers/newsroom/parts/page_foot.html",
    "public/parts/quote.html": "readers/claims/parts/quote.html",
    "public/parts/reader_form.html": "readers/parts/reader_form.html",
    "public/parts/record_facts.html": "readers/claims/parts/record_facts.html",
    "public/parts/report.html": "readers/claims/parts/report.html",
    "public/parts/revision_notice.html": "readers/claims/parts/revision_notice.html",
    "public/parts/search.html": "readers/search/parts/search.html",
    "public/parts/share.html": "readers/sharing/parts/share.html",
    "public/parts/sign.html": "readers/parts/sign.html",
    "public/parts/social.html": "readers/sharing/parts/social.html",
    "public/parts/timeline.html": "readers/claims/parts/timeline.html",
    "public/parts/topic_list.html": "readers/library/parts/topic_list.html",
    "public/parts/translations.html": "readers/claims/parts/translations.html",
    "public/parts/trust_menu.html": "readers/newsroom/parts/trust_menu.html",
    "public/parts/verdict.html": "readers/parts/verdict.html",
    "public/parts/verify.html": "readers/claims/parts/verify.html",
    "public/report.html": "readers/reports/report.html",
    "public/reported.html": "readers/reports/reported.html",
    "public/sitemap.xml": "readers/feeds/sitemap.xml",
    "public/sitemap_index.xml": "readers/feeds/sitemap_index.xml",
    "public/sitemap_news.xml": "readers/feeds/sitemap_news.xml",
    "public/source.html": "readers/library/source.html",
    "public/sources.html": "readers/library/sources.html",
    "public/suggest.html": "readers/submissions/suggest.html",
    "public/suggested.html": "readers/submissions/suggested.html",
    "public/topic.html": "readers/library/topic.html",
    "public/topics.html": "readers/library/topics.html",
    "public/trust.html": "readers/newsroom/trust.html",
}


def check(theme: Path | None) -> None:
    """Raise ``ImproperlyConfigured`` with each file of ``theme`` that nothing would look at, and its new place.

    Without it such a file would be passed over in silence, and readers would see the page in our look again.
    """
    if theme is None:
        return
    folder = theme / "templates"
    moved = [(old, new) for old, new in MOVED.items() if (folder / old).is_file()]
    if moved:
        moves = "\n".join(f"  {folder / old}\n    belongs to {folder / new}" for old, new in moved)
        raise ImproperlyConfigured(
            f"THEME_DIR holds templates of the first edition, which are no longer read. Move each of them:\n{moves}"
        )
