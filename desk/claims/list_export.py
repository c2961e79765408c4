"""The list as a file for spreadsheets: the claims of the current view with the chosen columns."""

from collections.abc import Iterator
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import csv_safety
from articles.selectors import admin_lists
from articles.selectors.claims import claim_list
from desk.claims import list_cells
from desk.http.views import Endpoint

#: So many claims are read at once.
_AT_ONCE: Final = 500


class ExportEndpoint(Endpoint):
    """GET: CSV in UTF-8, streamed; the same parameters as the list."""

    def get(self, request: Any, **kwargs: Any) -> HttpResponse:
        """The file."""
        asked = claim_list.read(request.GET.dict(), request.user)
        columns = claim_list.columns_of(request.user)
        answer: Any = StreamingHttpResponse(_lines(asked, columns), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="claims-{timezone.localdate():%Y-%m-%d}.csv"'
        return answer  # type: ignore[no-any-return]


def _lines(asked: claim_list.Asked, columns: list[str]) -> Iterator[bytes]:
    """The head, then the claims, five hundred at a time: a claim that is gone meanwhile is left out."""
    heads = [str(_("Entered")) if name == "age" else str(list_cells.LABELS[name]) for name in columns]
    yield b"\xef\xbb\xbf" + csv_safety.row(["id", *heads])
    ids = claim_list.every_id(asked)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        articles = claim_list.articles_of(some)
        shown = {claim.pk: claim for claim in admin_lists.claims().filter(pk__in=some)}
        for pk in some:
            if pk in shown:
                row = list_cells.Row(shown[pk], articles.get(pk), [], None)
                yield csv_safety.row([str(pk), *(list_cells.text(row, name) for name in columns)])
