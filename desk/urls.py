"""Every address of the desk that is not a plain list or form of the admin site, mounted by ``desk.site``."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path
from unfold.sites import UnfoldAdminSite

from articles.models import Article, Claim, Claimant, Source, Topic
from desk import front_pins, matching, newsroom, translations
from desk.articles import intake_pages, version_pages
from desk.claim_page import endpoints as claim_endpoints
from desk.claim_page import pages as claim_pages
from desk.claim_page import unsaved_endpoint
from desk.claims import bulk_endpoints, duplicate_pages, list_endpoints, list_export, list_page, view_pages
from desk.collaboration import endpoints as comments
from desk.collaboration import pages as collaboration
from desk.dossier.pages import ArticleDossier, ClaimDossier
from desk.evidence import endpoints as evidence
from desk.evidence import pages as evidence_pages
from desk.http import texts
from desk.http.unsaved_pages import UnsavedPageEndpoint
from desk.jobs import pages as jobs
from desk.landing import calendar, inbox, numbers
from desk.library import scale_acts, scale_pages
from desk.library.merge_pages import MergePage
from desk.notifications import pages as notifications
from desk.palette import endpoint as palette
from desk.partners import endpoint_pages, key_pages
from desk.passages import duplicate_endpoints, endpoints
from desk.passages import pages as passages
from desk.people import pages as people
from desk.people import public_name
from desk.pictures import endpoints as pictures
from desk.pictures import pages as picture_pages
from desk.reports import admin as reports
from desk.submissions import pages as submissions
from desk.submissions import pictures as tip_pictures
from desk.suggestions import pages as suggestions
from desk.verification import (
    article_pages,
    previews,
    publish_pages,
    review_endpoints,
    review_pages,
    second_verdict_pages,
)
from desk.verification import pages as verification

View = Callable[..., Any]
#: The last part of an address, its view, and the last part of its name.
Addresses = list[tuple[str, View, str]]

_CLAIM: Addresses = [
    ("", list_page.ListPage.as_view(), "changelist"),
    ("list/filters/", list_endpoints.FiltersEndpoint.as_view(), "list_filters"),
    ("list/options/", list_endpoints.OptionsEndpoint.as_view(), "list_options"),
    ("list/counts/", list_endpoints.CountsEndpoint.as_view(), "list_counts"),
    ("list/columns/", list_endpoints.ColumnsPage.as_view(), "list_columns"),
    ("list/export/", list_export.ExportEndpoint.as_view(), "export"),
    ("list/views/", view_pages.ViewPage.as_view(), "list_views"),
    ("list/views/<int:view_id>/", view_pages.ViewPage.as_view(), "list_view"),
    ("bulk/preview/", bulk_endpoints.PreviewEndpoint.as_view(), "bulk_preview"),
    ("bulk/", bulk_endpoints.BulkEndpoint.as_view(), "bulk"),
    ("bulk/undo/", bulk_endpoints.UndoEndpoint.as_view(), "bulk_undo"),
    ("<uuid:object_id>/quick/", list_endpoints.QuickLook.as_view(), "quick"),
    ("add/", claim_pages.ClaimPage.as_view(), "add"),
    ("similar/", matching.SimilarEndpoint.as_view(), "similar"),
    ("<path:object_id>/change/", claim_pages.ClaimPage.as_view(), "change"),
    ("<uuid:object_id>/conditions/", claim_endpoints.ConditionsPart.as_view(), "conditions"),
    ("<uuid:object_id>/panel/", claim_endpoints.PanelPart.as_view(), "panel"),
    ("<uuid:object_id>/neighbours/", claim_endpoints.NeighboursEndpoint.as_view(), "neighbours"),
    ("<uuid:object_id>/unsaved/", unsaved_endpoint.UnsavedEndpoint.as_view(), "unsaved"),
    ("<uuid:object_id>/publish/", publish_pages.PublishPage.as_view(), "publish"),
    ("<uuid:object_id>/preview/", previews.PreviewPage.as_view(), "preview"),
    ("<uuid:object_id>/preview/page/", previews.PreviewFrame.as_view(), "preview_frame"),
    ("<uuid:object_id>/preview/card.png", previews.PreviewCard.as_view(), "preview_card"),
    ("<uuid:object_id>/step/<slug:key>/", verification.StepPage.as_view(), "step"),
    ("<uuid:object_id>/review/", review_pages.ReviewPage.as_view(), "review"),
    ("<uuid:object_id>/review/ticks/", review_endpoints.TicksEndpoint.as_view(), "review_ticks"),
    ("<uuid:object_id>/review/comments/", review_endpoints.CommentsEndpoint.as_view(), "review_comments"),
    ("<uuid:object_id>/review/second/<slug:key>/", second_verdict_pages.act, "review_second"),
    ("<uuid:object_id>/repeat/<uuid:of_id>/", duplicate_pages.MarkDuplicatePage.as_view(), "repeat"),
    ("<uuid:object_id>/passage/", duplicate_pages.MarkPassagePage.as_view(), "passage"),
    ("<uuid:object_id>/undo-repeat/", duplicate_pages.UndoDuplicatePage.as_view(), "undo_repeat"),
    ("<uuid:object_id>/take-over/", duplicate_pages.TakeOverPage.as_view(), "take_over"),
    ("<uuid:object_id>/dossier.pdf", ClaimDossier.as_view(), "dossier_pdf"),
    ("<uuid:object_id>/dossier.docx", ClaimDossier.as_view(kind="docx"), "dossier_docx"),
    ("<uuid:object_id>/translate/", translations.TranslatePage.as_view(), "translate"),
    ("<uuid:object_id>/pin/", front_pins.PinPage.as_view(), "pin"),
    ("<uuid:object_id>/catch-up/", translations.CatchUpPage.as_view(), "catch_up"),
    ("<uuid:object_id>/together/", collaboration.together, "together"),
    ("<uuid:object_id>/together/<slug:key>/", collaboration.act, "together_act"),
    ("<uuid:object_id>/together/notes/<int:note_id>/cite/", collaboration.CitePage.as_view(), "cite"),
    ("<uuid:object_id>/presence/", comments.PresenceEndpoint.as_view(model=Claim), "presence"),
    ("<uuid:object_id>/picture/", picture_pages.PicturePage.as_view(), "picture"),
    ("<uuid:object_id>/picture/act/", pictures.PictureEndpoint.as_view(), "picture_act"),
    ("<uuid:object_id>/picture/text/", pictures.TextPictureEndpoint.as_view(), "picture_text"),
    ("<uuid:claim_id>/evidence/", evidence_pages.EvidencePage.as_view(), "evidence"),
    ("<uuid:claim_id>/evidence/state/", evidence.StateEndpoint.as_view(), "evidence_state"),
    ("<uuid:claim_id>/evidence/sources/", evidence.SourcesEndpoint.as_view(), "evidence_sources"),
    ("<uuid:claim_id>/evidence/look-up/", evidence.LookUpEndpoint.as_view(), "evidence_look_up"),
    ("<uuid:claim_id>/evidence/add/", evidence.AddEndpoint.as_view(), "evidence_add"),
    ("<uuid:claim_id>/evidence/order/", evidence.OrderEndpoint.as_view(), "evidence_order"),
    ("<uuid:claim_id>/evidence/<int:evidence_id>/", evidence.PieceEndpoint.as_view(), "evidence_piece"),
    ("<uuid:claim_id>/evidence/<int:evidence_id>/copy/", evidence.CopyEndpoint.as_view(), "evidence_copy"),
]
_DESK, _MARKED = "<uuid:article_id>/desk/", "<uuid:article_id>/desk/claims/<uuid:claim_id>/"
_ARTICLE: Addresses = [
    ("add/", intake_pages.IntakePage.as_view(), "add"),
    ("<uuid:pk>/dossier.pdf", ArticleDossier.as_view(), "dossier_pdf"),
    ("<uuid:pk>/dossier.docx", ArticleDossier.as_view(kind="docx"), "dossier_docx"),
    ("<uuid:pk>/versions/<int:number>/", version_pages.ComparisonPage.as_view(), "comparison"),
    ("<uuid:pk>/versions/<int:number>/report/", version_pages.ReportPage.as_view(), "report"),
    ("<uuid:pk>/versions/<int:number>/separate/", version_pages.SeparatePage.as_view(), "separate"),
    (_DESK, passages.ArticleDesk.as_view(), "desk"),
    (f"{_DESK}state/", endpoints.StateEndpoint.as_view(), "desk_state"),
    (f"{_DESK}speaker/", endpoints.SpeakerEndpoint.as_view(), "desk_speaker"),
    (f"{_DESK}claimants/", endpoints.ClaimantsEndpoint.as_view(), "desk_claimants"),
    (f"{_DESK}repeats/", duplicate_endpoints.MarkEndpoint.as_view(), "desk_repeats"),
    (f"{_DESK}repeats/<int:passage_id>/undo/", duplicate_endpoints.UndoEndpoint.as_view(), "desk_undo_repeat"),
    (_MARKED, endpoints.OneClaimEndpoint.as_view(), "desk_claim"),
    (f"{_MARKED}step/<slug:key>/", endpoints.StepEndpoint.as_view(), "desk_step"),
    (f"{_MARKED}take-back/", endpoints.TakeBackEndpoint.as_view(), "desk_take_back"),
    (f"{_MARKED}replies/", endpoints.RepliesEndpoint.as_view(), "desk_replies"),
    (f"{_MARKED}replies/<int:reply_id>/", endpoints.RepliesEndpoint.as_view(), "desk_reply"),
    ("<uuid:object_id>/presence/", comments.PresenceEndpoint.as_view(model=Article), "presence"),
    ("<uuid:object_id>/comments/", comments.ArticleCommentsEndpoint.as_view(), "comments"),
    (
        "<uuid:object_id>/comments/<slug:key>/",
        comments.ArticleCommentAct.as_view(),
        "act",
    ),
    ("<uuid:object_id>/publish/", article_pages.PublishArticlePage.as_view(), "publish"),
    ("<uuid:pk>/suggestions/", suggestions.ListingEndpoint.as_view(), "suggestions"),
    ("<uuid:pk>/suggestions/list/", suggestions.SuggestionsPage.as_view(), "suggestions_list"),
]
_PARTNER: Addresses = [
    ("<uuid:partner_id>/keys/issue/", key_pages.IssueView.as_view(), "issue"),
    ("<uuid:partner_id>/keys/<int:key_id>/rotate/", key_pages.RotateView.as_view(), "rotate"),
    ("<uuid:partner_id>/keys/<int:key_id>/revoke/", key_pages.RevokeView.as_view(), "revoke"),
]
_RATING: Addresses = [
    ("", scale_pages.ScalePage.as_view(), "changelist"),
    ("add/", scale_pages.AddPage.as_view(), "add"),
    ("scale/<slug:key>/", scale_pages.RatingPage.as_view(), "panel"),
    ("scale/<slug:key>/move/", scale_acts.MoveButton.as_view(), "move"),
    ("scale/<slug:key>/retire/", scale_acts.RetirePage.as_view(), "retire"),
    ("scale/<slug:key>/bring-back/", scale_acts.BringBackButton.as_view(), "bring_back"),
    ("scale/<slug:key>/translations/", scale_acts.TranslationsPage.as_view(), "translations"),
]
#: Each beginning of addresses, with the beginning of their names.
_SECTIONS: dict[tuple[str, str], Addresses] = {
    ("accounts/user/", "accounts_person"): [("invite/", people.InvitePage.as_view(), "invite")],
    ("articles/claim/", "articles_claim"): _CLAIM,
    ("articles/article/", "articles_article"): _ARTICLE,
    ("articles/capture/", "articles_capture"): [
        ("<int:capture_id>/file/", evidence_pages.CaptureFile.as_view(), "file"),
    ],
    ("articles/page/", "articles_page"): [
        ("<uuid:pk>/preview/", newsroom.PreviewPage.as_view(), "preview"),
        ("<uuid:pk>/act/<str:how>/", newsroom.act, "act"),
    ],
    ("articles/rating/", "articles_rating"): _RATING,
    ("articles/report/", "articles_report"): [("<uuid:pk>/act/<str:how>/", reports.ActPage.as_view(), "act")],
    ("articles/submission/", "articles_submission"): [
        ("<uuid:pk>/decide/<str:how>/", submissions.DecidePage.as_view(), "decide"),
        ("<uuid:pk>/pictures/<int:place>/", tip_pictures.TipPictureFile.as_view(), "picture"),
        ("<uuid:pk>/pictures/delete/", tip_pictures.DeletePicturesPage.as_view(), "delete_pictures"),
    ],
    ("articles/claimant/", "articles_claimant"): [("<uuid:pk>/merge/", MergePage.as_view(model=Claimant), "merge")],
    ("articles/source/", "articles_source"): [("<uuid:pk>/merge/", MergePage.as_view(model=Source), "merge")],
    ("articles/topic/", "articles_topic"): [("<uuid:pk>/merge/", MergePage.as_view(model=Topic), "merge")],
    ("partners/partner/", "partners_key"): _PARTNER,
    ("unsaved/", "unsaved"): [("", UnsavedPageEndpoint.as_view(), "page")],
    ("palette/", "palette"): [("", palette.PaletteEndpoint.as_view(), "find")],
    ("colleagues/", "collaboration"): [("", comments.ColleaguesEndpoint.as_view(), "colleagues")],
    ("jobs/", "jobs"): [
        ("", jobs.JobsPage.as_view(), "page"),
        ("<slug:name>/run/", jobs.RunButton.as_view(), "run"),
        ("messages/<int:pk>/send/", jobs.SendButton.as_view(), "send"),
    ],
    ("notifications/", "notifications"): [
        ("", notifications.ChoicesPage.as_view(), "choices"),
    ],
    ("pictures/", "pictures"): [("<str:sha256>/<int:width>.<str:ending>", pictures.PictureFile.as_view(), "file")],
    ("public-name/", "people"): [("", public_name.PublicNamePage.as_view(), "public_name")],
    ("sent-emails/", "notifications"): [("", notifications.SentPage.as_view(), "sent")],
}
#: The pages that show the work of all claims.
_LANDING: Addresses = [
    ("", inbox.index, "index"),
    ("inbox/", inbox.InboxPage.as_view(), "inbox"),
    ("inbox/done/", inbox.DonePage.as_view(), "inbox_done"),
    ("calendar/", calendar.CalendarPage.as_view(), "calendar"),
    ("calendar/move/", calendar.MovePage.as_view(), "calendar_move"),
    ("numbers/", numbers.NumbersPage.as_view(), "numbers"),
    ("numbers/csv/", numbers.NumbersFile.as_view(), "numbers_csv"),
]


def of(site: UnfoldAdminSite) -> list[URLPattern]:
    """The addresses, for people who are signed in to ``site``."""
    made = [
        path(f"{base}{tail}", site.admin_view(view), name=f"{section}_{name}")
        for (base, section), addresses in _SECTIONS.items()
        for tail, view, name in addresses
    ]
    made += [path(address, site.admin_view(view), name=name) for address, view, name in _LANDING]
    made.append(path("texts/<str:language>/<str:stamp>.js", texts.script, name="texts"))  # the same for everybody
    act = site.admin_view(suggestions.act)
    for name in ("dismiss", "restore", "accept"):
        base = f"articles/article/<uuid:pk>/suggestions/{name}/"
        made.append(path(base, act, {"act": name}, name=f"articles_article_suggestions_{name}"))
    person = site.admin_view(people.PersonActionPage.as_view())
    for name in people.ACTS:
        base = f"accounts/user/<int:pk>/{name}/"
        made.append(path(base, person, {"act": name}, name=f"accounts_person_{name.replace('-', '_')}"))
    endpoint = site.admin_view(endpoint_pages.EndpointPage.as_view())
    for name in endpoint_pages.ACTS:
        base = f"partners/endpoint/<int:pk>/{name}/"
        made.append(path(base, endpoint, {"act": name}, name=f"partners_endpoint_{name}"))
    return made
