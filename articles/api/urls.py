"""Addresses of the API, below ``/api/``."""

from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from articles.api import changes, documents, export, reading, submissions, webhooks
from articles.api import desk_children as children
from articles.api import desk_claims as claims
from articles.api import desk_library as library

_claim: list[URLPattern | URLResolver] = [
    path("", claims.ClaimView.as_view()),
    path("history/", claims.HistoryView.as_view()),
    path("actions/<str:transition>/", claims.ActionView.as_view()),
    path("verdict/", children.VerdictView.as_view()),
    path("appearances/", children.AppearancesView.as_view()),
    path("appearances/<int:pk>/", children.AppearanceView.as_view()),
    path("evidence/", children.EvidenceListView.as_view()),
    path("evidence/<int:pk>/", children.EvidenceView.as_view()),
    path("replies/", children.RepliesView.as_view()),
    path("replies/<int:pk>/", children.ReplyView.as_view()),
    path("relations/", children.RelationsView.as_view()),
    path("relations/<int:pk>/", children.RelationView.as_view()),
]

_desk: list[URLPattern | URLResolver] = [
    path("articles/", library.ArticlesView.as_view()),
    path("articles/<uuid:article_id>/", library.ArticleView.as_view()),
    path("sources/", library.SourcesView.as_view()),
    path("sources/<uuid:source_id>/", library.SourceView.as_view()),
    path("sources/<uuid:source_id>/captures/", library.CapturesView.as_view()),
    path("claimants/", library.ClaimantsView.as_view()),
    path("claimants/<uuid:claimant_id>/", library.ClaimantView.as_view()),
    path("claims/", claims.ClaimsView.as_view()),
    path("claims/<uuid:claim_id>/", include(_claim)),
]

_endpoint: list[URLPattern | URLResolver] = [
    path("", webhooks.EndpointView.as_view()),
    path("rotate/", webhooks.RotateView.as_view()),
    path("test/", webhooks.TrialView.as_view()),
    path("deliveries/", webhooks.DeliveriesView.as_view()),
    path("replay/", webhooks.ReplayView.as_view()),
]

_v1: list[URLPattern | URLResolver] = [
    path("claims/", reading.ClaimsView.as_view(), name="api-claims"),
    path("claims/<uuid:claim_id>/", reading.ClaimView.as_view(), name="api-claim"),
    path("claims/<uuid:claim_id>/revisions/", reading.RevisionsView.as_view()),
    path("claims/<uuid:claim_id>/revisions/<int:revision>/", reading.RevisionView.as_view()),
    path("articles/", reading.ArticlesView.as_view()),
    path("articles/<uuid:article_id>/", reading.ArticleView.as_view()),
    path("sources/", reading.SourcesView.as_view()),
    path("sources/<uuid:source_id>/", reading.SourceView.as_view()),
    path("claimants/", reading.ClaimantsView.as_view()),
    path("claimants/<uuid:claimant_id>/", reading.ClaimantView.as_view()),
    path("ratings/", reading.RatingsView.as_view()),
    path("changes/", changes.ChangesView.as_view(), name="api-changes"),
    path("submissions/", submissions.SubmissionsView.as_view(), name="api-submissions"),
    path("submissions/claimreviews/", submissions.ClaimReviewsView.as_view()),
    path("submissions/<uuid:submission_id>/", submissions.SubmissionView.as_view()),
    path("export/claims.jsonl", export.JSONLinesView.as_view(), name="api-export"),
    path("export/claims.csv", export.CSVView.as_view(), name="api-export-csv"),
    path("openapi.json", documents.OpenAPIView.as_view(), name="api-openapi"),
    path("docs/", documents.DocsView.as_view(), name="api-docs"),
    path("webhooks/endpoints/", webhooks.EndpointsView.as_view(), name="api-webhooks"),
    path("webhooks/endpoints/<int:endpoint_id>/", include(_endpoint)),
    path("desk/", include(_desk)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="api-docs")),
    path("v1/", RedirectView.as_view(pattern_name="api-docs")),
    path("v1/", include(_v1)),
    re_path(r"^(?P<rest>[\s\S]*)\Z", documents.nothing_here),
]
