"""How the desk looks: its name, colours and menu."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_BLUES = {
    "50": "oklch(97.5% .013 230)",
    "100": "oklch(94.5% .028 230)",
    "200": "oklch(89.5% .053 230)",
    "300": "oklch(82% .09 230)",
    "400": "oklch(72% .125 232)",
    "500": "oklch(60% .13 236)",
    "600": "oklch(50.5% .118 240)",
    "700": "oklch(43.5% .1 241)",
    "800": "oklch(37.5% .084 242)",
    "900": "oklch(32.5% .068 243)",
    "950": "oklch(24.5% .053 244)",
}


def _entry(title: Promise, icon: str, name: str, permission: str) -> dict[str, Any]:
    """A line of the desk's sidebar, shown to users who may see its page."""
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{name}"),
        "permission": lambda request: not permission or request.user.has_perm(permission),
    }


def _is_inbox(request: Any) -> bool:
    """The inbox is the first page, too."""
    return bool(request.path in (reverse("admin:index"), reverse("admin:inbox")))


def _menu() -> list[dict[str, Any]]:
    return [*_work(), *_outside()]


def _work() -> list[dict[str, Any]]:
    """What the desk works on."""
    return [
        {
            "title": _("Desk"),
            "items": [
                _entry(_("Inbox"), "inbox", "inbox", "")
                | {"badge": "desk.collaboration.pages.badge", "active": _is_inbox},
                _entry(_("Claims"), "fact_check", "articles_claim_changelist", "articles.view_claim"),
                _entry(_("Submissions"), "move_to_inbox", "articles_submission_changelist", "articles.view_submission")
                | {"badge": "desk.submissions.admin.badge"},
                _entry(_("Reported errors"), "flag", "articles_report_changelist", "articles.view_report")
                | {"badge": "desk.reports.admin.badge"},
                _entry(_("Articles"), "article", "articles_article_changelist", "articles.view_article"),
                _entry(_("Calendar"), "calendar_month", "calendar", "articles.view_claim"),
                _entry(_("Numbers"), "bar_chart", "numbers", "articles.assign_claim"),
            ],
        },
        {
            "title": pgettext_lazy("part of the menu", "Reference"),
            "separator": True,
            "items": [
                _entry(_("Sources"), "menu_book", "articles_source_changelist", "articles.view_source"),
                _entry(_("Claimants"), "record_voice_over", "articles_claimant_changelist", "articles.view_claimant"),
                _entry(_("Topics"), "sell", "articles_topic_changelist", "articles.view_claim"),
                _entry(_("Ratings"), "straighten", "articles_rating_changelist", "articles.view_rating"),
                _entry(_("Claim templates"), "note_stack", "articles_claimtemplate_changelist", "articles.view_claim"),
            ],
        },
    ]


def _outside() -> list[dict[str, Any]]:
    """What others see, who they are, and who works here."""
    return [
        {
            "title": pgettext_lazy("part of the menu", "Published"),
            "separator": True,
            "items": [
                _entry(_("Records"), "receipt_long", "articles_record_changelist", "articles.view_record"),
                _entry(_("About pages"), "badge", "articles_page_changelist", "articles.view_page"),
                {"title": _("View site"), "icon": "open_in_new", "link": "/", "active": lambda request: False},
            ],
        },
        {
            "title": _("Partners"),
            "separator": True,
            "items": [
                _entry(_("Partners"), "handshake", "partners_partner_changelist", "partners.view_partner"),
                _entry(_("Endpoints"), "webhook", "partners_endpoint_changelist", "partners.view_endpoint"),
                _entry(_("Deliveries"), "outbox", "partners_delivery_changelist", "partners.view_delivery"),
            ],
        },
        {
            "title": _("People"),
            "separator": True,
            "items": [
                _entry(_("People"), "group", "accounts_user_changelist", "accounts.view_user"),
                _entry(_("Roles"), "badge", "auth_group_changelist", "auth.view_group"),
                _entry(_("My tokens"), "key", "accounts_personaltoken_changelist", ""),
                _entry(_("Notifications"), "notifications", "notifications_choices", ""),
                _entry(_("Sent e-mails"), "outgoing_mail", "notifications_sent", "")
                | {"permission": "desk.notifications.pages.is_shown"},
                _entry(_("Background jobs"), "schedule", "jobs_page", "jobs.view_jobrun"),
            ],
        },
    ]


def unfold(*, site_name: str) -> dict[str, Any]:
    """The settings of the admin's theme: title, colours, and the sidebar's lines for each role."""
    return {
        "SITE_TITLE": site_name,
        "SITE_HEADER": site_name,
        "SITE_SUBHEADER": _("The desk"),
        "SITE_SYMBOL": "fact_check",
        "SITE_URL": "/",
        "SHOW_BACK_BUTTON": False,
        "BORDER_RADIUS": "6px",
        "STYLES": [
            lambda request: static("factcheck/colours.css"),
            lambda request: static("desk/http/desk.css"),
            lambda request: static("desk/http/print.css"),
        ],
        "COLORS": {"primary": _BLUES},
        "ACCOUNT": {
            "navigation": [
                {"title": _("Public name"), "link": reverse_lazy("admin:people_public_name")},
                {"title": _("Password"), "link": reverse_lazy("account_change_password")},
                {"title": _("Second factors"), "link": reverse_lazy("mfa_index")},
                {"title": _("Sessions"), "link": reverse_lazy("usersessions_list")},
                {"title": _("Language and notifications"), "link": reverse_lazy("admin:notifications_choices")},
            ]
        },
        "SIDEBAR": {
            "show_search": False,
            "command_search": False,
            "show_all_applications": False,
            "navigation": _menu(),
        },
    }
