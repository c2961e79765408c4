"""Who else is here, as sentences: read with a sign of life of who asks."""

import json
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.private.presence import Doing
from articles.services.collaboration import presence

#: The header of a poll's answer that has the sentences, as a JSON list in ASCII.
HEADER = "X-Desk-Here"


def here(request: Any, subject: UUID, doing: str) -> list[str]:
    """What others do on the page of ``subject``; ``doing`` is what this person does there."""
    others = presence.beat(subject=subject, doing=doing, by=request.user, at=timezone.now())
    return [_sentence(one.doing) % {"name": one.user.display_name()} for one in others]


def header(request: Any, subject: UUID, doing: str) -> dict[str, str]:
    """The same as a header."""
    return {HEADER: json.dumps(here(request, subject, doing))}


def _sentence(doing: str) -> str:
    sentences = {
        Doing.READING: _("%(name)s is reading"),
        Doing.VERDICT: _("%(name)s is editing the verdict"),
        Doing.EVIDENCE: _("%(name)s is editing the evidence"),
        Doing.STATEMENT: _("%(name)s is editing the statement"),
        Doing.REPLIES: _("%(name)s is editing the replies"),
        Doing.COMMENT: _("%(name)s is writing a comment"),
        Doing.EDITING: _("%(name)s is editing"),
    }
    return sentences[Doing(doing)]
