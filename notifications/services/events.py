"""What happened, as far as colleagues are notified of it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``path`` is its address on the desk; ``once`` prevents a second notice of it."""

    kind: str
    title: str
    path: str
    at: datetime
    by: User | None = None
    detail: str = ""
    once: str = ""
