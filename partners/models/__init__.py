"""What is kept about partner newsrooms: one file a model."""

from partners.models.answer import Answer
from partners.models.bucket import Bucket
from partners.models.event import Event
from partners.models.key import Key
from partners.models.partner import Partner

__all__ = ["Answer", "Bucket", "Event", "Key", "Partner"]
