"""Partners in the admin."""

from partners.admin import partners
from partners.admin.deliveries import DeliveryAdmin
from partners.admin.endpoints import EndpointAdmin

__all__ = ["DeliveryAdmin", "EndpointAdmin", "partners"]
