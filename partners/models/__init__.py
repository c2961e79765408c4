"""What is kept about partner newsrooms: one file a model."""

from partners.models.answer import Answer
from partners.models.bucket import Bucket
from partners.models.change import PartnerChange
from partners.models.delivery import Attempt, Delivery, Event
from partners.models.endpoint import Endpoint, EndpointSecret
from partners.models.key import Key
from partners.models.notice import Notice
from partners.models.partner import Partner

__all__ = [
    "Answer",
    "Attempt",
    "Bucket",
    "Delivery",
    "Endpoint",
    "EndpointSecret",
    "Event",
    "Key",
    "Notice",
    "Partner",
    "PartnerChange",
]
