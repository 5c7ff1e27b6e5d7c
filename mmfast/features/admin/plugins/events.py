"""What clients hear about plugins by themselves."""

from mmfast.realtime.event import Event


class MarketplaceVisited(Event, name="first_admin_visit_marketplace_status_received"):
    """An administrator has been to the marketplace: its advertisement can go."""

    firstAdminVisitMarketplaceStatus: str
