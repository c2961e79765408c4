"""The numbers beside the lines of the desk's menu, read once a request."""

from typing import Any

from articles import rules
from articles.selectors import menu


def counts(request: Any) -> menu.Counts:
    """What waits, for who is signed in; nothing for somebody who may not look at the desk."""
    if not hasattr(request, "desk_menu"):
        user = request.user
        may = user.is_authenticated and rules.may_see_the_desk(user)
        request.desk_menu = menu.counts(user) if may else menu.Counts(0, 0, 0)
    found: menu.Counts = request.desk_menu
    return found


def badge(count: int) -> str:
    """A number as the menu shows it: nothing for none."""
    return str(count) if count else ""
