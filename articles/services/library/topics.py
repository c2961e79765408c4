"""Topics: one spelling for each, whatever case, accents and blanks somebody typed."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from articles import folding, rules, text
from articles.choices import MergeKind
from articles.models import Claim, ClaimTemplate, Topic
from articles.services import audit, editing
from articles.services.library import merging
from lib.refusals import NotAllowedError

_MAX = 60


def settle(names: Iterable[str], *, by: User, at: datetime) -> list[str]:
    """``names`` in the spelling of the topics that they are, each once; what is no topic yet becomes one.

    A name that is too long is left for the claim's own check to refuse. Needs a transaction: the topics stay as they
    are until it ends. Raises ``ValidationError`` for characters that cannot be stored.
    """
    cleaned = [" ".join(text.one_line(editing.normalize(name, field="topics")).split()) for name in names]
    keys = {name: folding.name_key(name) for name in cleaned if name and len(name) <= _MAX}
    known = _known(keys.values())
    new = {key: name for name, key in reversed(keys.items()) if key not in known}
    if new:
        rows = [Topic(name=name, folded=key, created_by=by, created_at=at) for key, name in sorted(new.items())]
        Topic.objects.bulk_create(rows, ignore_conflicts=True)  # somebody may enter the same topic at this moment
        known |= _known(new)
    return list(dict.fromkeys(known[keys[name]] if name in keys else name for name in cleaned if name))


def _known(keys: Iterable[str]) -> dict[str, str]:
    """The spelling that stays, by key; locked against a merge until the transaction ends."""
    if not (wanted := set(keys)):
        return {}
    rows = Topic.objects.filter(folded__in=wanted)
    editing.share_lock(rows)
    return {row.folded: row.kept().name for row in rows.select_related("merged_into")}


def rename_topic(*, topic: Topic, name: str, by: User, at: datetime, version: int) -> Topic:
    """Give a topic another spelling; every claim that names it follows, records stay.

    Raises ``NotAllowedError``, ``StaleError``, ``NotMergeableError`` for a merged topic, and ``ValidationError``, for
    example for the name of another topic.
    """
    if not rules.may_edit_sources(by):
        raise NotAllowedError.for_(_("You do not have permission to change topics."))
    with audit.act_as(by=by):
        claims = Claim.objects.filter(topics__contains=[topic.name]).select_for_update(no_key=True, of=("self",))
        held = list(claims.order_by("pk").values_list("pk", flat=True))
        locked = editing.lock(Topic, topic.pk, version=version)
        if locked.merged_into_id:
            raise merging.NotMergeableError(_("This topic was merged into another one. Change that one instead."))
        old = locked.name
        locked.name = " ".join(text.one_line(editing.normalize(name, field="name")).split())
        locked.folded, locked.version = folding.name_key(locked.name), version + 1
        locked.full_clean()
        if locked.name != old:
            locked.save()
            merging.rename_topic(held, old, locked.name)
            merging.lead_on(MergeKind.TOPIC, old, locked.name, at=at)
            _rename_in_templates(old, locked.name)
    return locked


def _rename_in_templates(old: str, new: str) -> None:
    for row in ClaimTemplate.objects.select_for_update(no_key=True).filter(topics__contains=[old]).order_by("pk"):
        row.topics = list(dict.fromkeys(new if name == old else name for name in row.topics))
        row.version += 1
        row.save(update_fields=["topics", "version"])
