"""The admin site with the desk's own addresses in it."""

from typing import Any

from unfold.sites import UnfoldAdminSite


class DeskSite(UnfoldAdminSite):  # type: ignore[misc]
    """The admin site of the newsroom. Each address that is not a plain list or form is in ``desk.urls``."""

    def get_urls(self) -> list[Any]:
        """The desk's own addresses, before those of the admin site."""
        from desk import urls  # imported late: its pages use the site that is being made

        return [*urls.of(self), *super().get_urls()]
