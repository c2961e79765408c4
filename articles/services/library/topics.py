"""Topics: one spelling for each, whatever case, accents and blanks somebody typed."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from articles import folding, text
from articles.models import Topic
from articles.services import editing

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
    rows = Topic.objects.filter(folded__in=set(keys))
    editing.share_lock(rows)
    return {row.folded: row.kept().name for row in rows.select_related("merged_into")}
