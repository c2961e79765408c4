"""Addresses of the API, below ``/api/``."""

from django.urls import URLPattern, URLResolver, include, path, re_path, register_converter
from django.urls.converters import StringConverter, UUIDConverter
from django.views.generic import RedirectView

from api.claims import desk_child_views as children
from api.claims import desk_views as claims
from api.claims import entity_views, import_views, read_views, schedule_views
from api.claims import work_views as work
from api.keys import views as key_views
from api.library import desk_views as library
from api.log import changes, export
from api.matching import views as matching_views
from api.openapi import views as openapi_views
from api.pictures import views as pictures
from api.submissions import views
from api.webhooks import views as webhooks_views


class _Id(UUIDConverter):
    """A UUID, in capital or small letters (RFC 9562, section 4)."""

    regex = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"


class _SHA256(StringConverter):
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"


register_converter(_Id, "id")
register_converter(_SHA256, "sha256")

_claim: list[URLPattern | URLResolver] = [
    path("", claims.ClaimView.as_view()),
    path("history/", claims.HistoryView.as_view()),
    path("actions/<str:transition>/", claims.ActionView.as_view()),
    path("schedule/", schedule_views.ScheduleView.as_view()),
    path("verdict/", children.VerdictView.as_view()),
    path("appearances/", children.AppearancesView.as_view()),
    path("appearances/<int:pk>/", children.AppearanceView.as_view()),
    path("picture/", pictures.LeadPictureView.as_view()),
    path("evidence/", children.EvidenceListView.as_view()),
    path("evidence/<int:pk>/", children.EvidenceView.as_view()),
    path("replies/", children.RepliesView.as_view()),
    path("replies/<int:pk>/", children.ReplyView.as_view()),
    path("relations/", children.RelationsView.as_view()),
    path("relations/<int:pk>/", children.RelationView.as_view()),
    path("comments/", work.CommentsView.as_view()),
    path("comments/<int:pk>/", work.CommentView.as_view()),
    path("comments/<int:pk>/resolution/", work.ResolutionView.as_view()),
    path("dependencies/", work.DependenciesView.as_view()),
    path("dependencies/<int:pk>/", work.DependencyView.as_view()),
    path("translations/", work.TranslationsView.as_view()),
    path("catch-up/", work.CatchUpView.as_view()),
]

_desk: list[URLPattern | URLResolver] = [
    path("articles/", library.ArticlesView.as_view()),
    path("articles/<id:article_id>/", library.ArticleView.as_view()),
    path("sources/", library.SourcesView.as_view()),
    path("sources/<id:source_id>/", library.SourceView.as_view()),
    path("sources/<id:source_id>/captures/", library.CapturesView.as_view()),
    path("pictures/", pictures.PicturesView.as_view()),
    path("pictures/<sha256:sha256>/", pictures.PictureView.as_view()),
    path("claimants/", library.ClaimantsView.as_view()),
    path("claimants/<id:claimant_id>/", library.ClaimantView.as_view()),
    path("claims/", claims.ClaimsView.as_view()),
    path("claims/<id:claim_id>/", include(_claim)),
    path("import/", import_views.ImportView.as_view()),
]

_endpoint: list[URLPattern | URLResolver] = [
    path("", webhooks_views.EndpointView.as_view()),
    path("rotate/", webhooks_views.RotateView.as_view()),
    path("test/", webhooks_views.PingView.as_view()),
    path("deliveries/", webhooks_views.DeliveriesView.as_view()),
    path("replay/", webhooks_views.ReplayView.as_view()),
]

_v1: list[URLPattern | URLResolver] = [
    path("claims/", read_views.ClaimsView.as_view(), name="api-claims"),
    path("claims/match/", matching_views.MatchView.as_view(), name="api-match"),
    path("claims/<id:claim_id>/", read_views.ClaimView.as_view(), name="api-claim"),
    path("claims/<id:claim_id>/revisions/", read_views.RevisionsView.as_view()),
    path("claims/<id:claim_id>/revisions/<int:revision>/", read_views.RevisionView.as_view()),
    path("articles/", entity_views.ArticlesView.as_view()),
    path("articles/<id:article_id>/", entity_views.ArticleView.as_view()),
    path("sources/", entity_views.SourcesView.as_view()),
    path("sources/<id:source_id>/", entity_views.SourceView.as_view()),
    path("claimants/", entity_views.ClaimantsView.as_view()),
    path("claimants/<id:claimant_id>/", entity_views.ClaimantView.as_view()),
    path("ratings/", read_views.RatingsView.as_view()),
    path("key/", key_views.KeyView.as_view()),
    path("key/rotate/", key_views.RotateView.as_view()),
    path("changes/", changes.ChangesView.as_view(), name="api-changes"),
    path("submissions/", views.SubmissionsView.as_view(), name="api-submissions"),
    path("submissions/claimreviews/", views.ClaimReviewsView.as_view()),
    path("submissions/<id:submission_id>/", views.SubmissionView.as_view()),
    path("export/claims.jsonl", export.JSONLinesView.as_view(), name="api-export"),
    path("export/claims.csv", export.CSVView.as_view(), name="api-export-csv"),
    path("openapi.json", openapi_views.OpenAPIView.as_view(), name="api-openapi"),
    path("docs/", openapi_views.DocsView.as_view(), name="api-docs"),
    path("webhooks/endpoints/", webhooks_views.EndpointsView.as_view(), name="api-webhooks"),
    path("webhooks/endpoints/<int:endpoint_id>/", include(_endpoint)),
    path("desk/", include(_desk)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="api-docs")),
    path("v1/", RedirectView.as_view(pattern_name="api-docs")),
    path("v1/", include(_v1)),
    re_path(r"^(?P<rest>[\s\S]*)\Z", openapi_views.nothing_here),
]
