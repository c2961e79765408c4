"""The templates above the form of a new claim, and what the chosen one fills in."""

from typing import Any

from articles import rules
from articles.models import ClaimTemplate
from articles.selectors.library import claim_templates


def initial(request: Any) -> dict[str, Any]:
    """What the template that the address names fills in; nothing for none, or one that is not offered any more."""
    template = _chosen(request)
    if template is None:
        return {}
    filled: dict[str, Any] = {"topics": template.topics, "why_chosen": template.why_chosen}
    who = template.assignee
    may = who is not None and who.is_active and rules.may_assign(request.user, assignee=who)
    return filled | ({"assignee": who.pk} if may and who else {})


def context(request: Any) -> dict[str, Any]:
    """What the page shows: the templates, the chosen one, and the rest of the address, which a link keeps."""
    rest = request.GET.copy()
    rest.pop("template", None)
    return {
        "claim_templates": _offered(request),
        "claim_template": _chosen(request),
        "claim_template_rest": f"&{rest.urlencode()}" if rest else "",
    }


def _chosen(request: Any) -> ClaimTemplate | None:
    return claim_templates.named(_offered(request), request.GET.get("template", ""))


def _offered(request: Any) -> list[ClaimTemplate]:
    """Read once a request."""
    if not hasattr(request, "desk_templates"):
        request.desk_templates = claim_templates.offered()
    rows: list[ClaimTemplate] = request.desk_templates
    return rows
