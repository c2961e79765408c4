"""The right of reply, as the claim's page and the article desk ask for it."""

from articles.models import RightOfReply
from desk.http.forms import RowForm


class ReplyForm(RowForm):
    """Who was asked, when, by what means, and what they said."""

    class Meta:
        model = RightOfReply
        fields = ("asked", "asked_on", "means", "answer", "answered_on")

    def _post_clean(self) -> None:
        """Nothing is put on a row here: the service does it, and validates the whole."""
