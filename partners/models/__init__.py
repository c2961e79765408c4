"""What is kept about partner newsrooms: one file a model."""

from partners.models.delivery import Attempt, Delivery, Event
from partners.models.endpoint import Endpoint, EndpointSecret
from partners.models.key import Key
from partners.models.partner import Partner

__all__ = ["Attempt", "Delivery", "Endpoint", "EndpointSecret", "Event", "Key", "Partner"]
