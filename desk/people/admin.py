"""The list of people and each person's page; roles."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from accounts import rules, selectors
from accounts.groups import role_text
from accounts.models import User
from accounts.services import people, roles
from desk.people.forms import AdvancedPersonForm, AdvancedRoleForm, PersonForm, RoleForm

#: Allauth shows its tables in the admin site. Changing them there would pass by the rules and the history.
_NOT_SHOWN = (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession)
admin.site.unregister([Group, *_NOT_SHOWN])


@admin.register(User)
class PersonAdmin(ModelAdmin):  # type: ignore[misc]
    """People of the newsroom. They are invited, and made inactive instead of deleted: the history names them."""

    list_display = ("person", "role", "status", "second_factor", "last_login")
    list_display_links = ("person",)
    list_filter = ("is_active", "groups")
    list_filter_sheet = False
    search_fields = ("username", "first_name", "last_name", "email")
    ordering = ("-is_active", "first_name", "last_name", "username")
    filter_horizontal = ("groups", "user_permissions")
    change_form_template = "desk/people/person.html"
    change_list_template = "desk/people/list.html"
    object_history_template = "desk/people/history.html"
    warn_unsaved_form = True

    def get_queryset(self, request: Any) -> QuerySet[User]:
        """Everybody, with what the columns show."""
        return selectors.people_with_status().order_by(*self.ordering)

    def has_add_permission(self, request: Any) -> bool:
        """Nobody types somebody else's password: people are invited."""
        return False

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        """Nobody: the history names people for good."""
        return False

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        """Only a superuser changes a superuser."""
        allowed = bool(super().has_change_permission(request, obj))
        return allowed and (obj is None or rules.may_change_person(request.user, obj))

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form for this person; with the raw permissions for a superuser."""
        base = AdvancedPersonForm if request.user.is_superuser else PersonForm
        form = super().get_form(request, obj, change, form=base, **kwargs)
        return type("PersonFormOfRequest", (form,), {"by": request.user})

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        """Role first; what goes beyond a role is folded away, and shown to superusers alone."""
        shown: list[Any] = [(None, {"fields": ("first_name", "last_name", "email", "role", "is_active")})]
        if request.user.is_superuser:
            names = ("username", "is_staff", "is_superuser", "groups", "user_permissions")
            shown.append((_("Advanced"), {"fields": names, "classes": ("collapse",)}))
        return shown

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """The fields of all sets. A page without a form has no role field."""
        return [name for _title, options in self.get_fieldsets(request, obj) for name in options["fields"]]

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        """Without the right to change them, the role is a text."""
        return () if self.has_change_permission(request, obj) else ("role",)

    def save_model(self, request: Any, obj: User, form: Any, change: bool) -> None:
        """Through the service, which checks and writes it down."""
        values = {
            name: form.cleaned_data[name] for name in (*people.FIELDS, *people.ADVANCED) if name in form.cleaned_data
        }
        people.change_person(by=request.user, person=obj, values=values)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """The role, or what a superuser chose under Advanced."""
        person: User = form.instance
        if "groups" in form.changed_data or "user_permissions" in form.changed_data:
            chosen = form.cleaned_data
            people.set_permissions(
                by=request.user, person=person, groups=chosen["groups"], permissions=chosen["user_permissions"]
            )
        elif "role" in form.changed_data:
            people.set_role(by=request.user, person=person, group=form.cleaned_data["role"])

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """Nothing: the account's own history has it."""
        return None

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """People are invited."""
        return HttpResponseRedirect(reverse("admin:accounts_person_invite"))

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        """The list, with the button that invites."""
        shown = {**(extra_context or {}), "title": _("People"), "may_invite": rules.may_manage_people(request.user)}
        answer: HttpResponse = super().changelist_view(request, shown)
        return answer

    def change_view(self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The page, with the person's status and what may be done about it."""
        person = self.get_object(request, unquote(object_id))
        shown = {**(extra_context or {}), "title": person.display_name() if person else ""}
        if person is not None:
            shown |= self._about(request, person)
        answer: HttpResponse = super().change_view(request, object_id, form_url, shown)
        return answer

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Sign-ins, failures and changes of this account."""
        person = self.get_object(request, unquote(object_id))
        if person is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        if not rules.may_manage_people(request.user):
            raise PermissionDenied(_("You do not have permission to see people's sign-ins."))
        events = selectors.events_of(person)[:500]
        return super().history_view(request, object_id, {**(extra_context or {}), "events": events})  # type: ignore[no-any-return]

    def _about(self, request: Any, person: User) -> dict[str, Any]:
        now = timezone.now()
        status = selectors.status_of(person, at=now)
        return {
            "status": status,
            "is_invited": status in ("invited", "invitation expired"),
            "has_factor": selectors.has_second_factor(person),
            "may_change": self.has_change_permission(request, person),
            "events": selectors.events_of(person)[:10] if rules.may_manage_people(request.user) else [],
        }

    @admin.display(description=gettext_lazy("Person"), ordering="first_name")
    def person(self, user: User) -> str:
        """The name, and the address to sign in with."""
        address = user.email or user.username
        name = user.get_full_name()
        return f"{name} ({address})" if name else address

    @admin.display(description=gettext_lazy("Role"))
    def role(self, user: User) -> str:
        """The role; more than one for those who were given single groups."""
        names = [role_text(group.name) for group in user.groups.all()] + ([_("superuser")] if user.is_superuser else [])
        return ", ".join(names) or _("none")

    @admin.display(description=gettext_lazy("Status"))
    def status(self, user: User) -> str:
        """Active, invited or inactive."""
        return selectors.status_of(user, at=timezone.now())

    @admin.display(description=gettext_lazy("Second factor"), boolean=True)
    def second_factor(self, user: Any) -> bool:
        """Whether one is set up."""
        return bool(user.has_factor)


@admin.register(Group)
class RoleAdmin(DjangoGroupAdmin, ModelAdmin):  # type: ignore[misc]
    """Roles, as data: what the members of each may do. Single permissions are for superusers."""

    list_display = ("role", "summary", "second_factor")
    list_select_related = ("policy",)

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """Permissions for superusers alone."""
        base = AdvancedRoleForm if request.user.is_superuser else RoleForm
        return super().get_form(request, obj, change, form=base, **kwargs)

    def get_fieldsets(self, request: Any, obj: Any = None) -> Any:
        """Single permissions are folded away."""
        shown: list[Any] = [(None, {"fields": ("name", "summary", "needs_second_factor")})]
        if request.user.is_superuser:
            shown.append((_("Advanced"), {"fields": ("permissions",), "classes": ("collapse",)}))
        return shown

    def get_readonly_fields(self, request: Any, obj: Any = None) -> tuple[str, ...]:
        """Who may only look sees texts."""
        return () if self.has_change_permission(request, obj) or obj is None else ("summary", "needs_second_factor")

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """The sentence and the second factor besides what the group has."""
        super().save_related(request, form, formsets, change)
        given = form.cleaned_data
        people.change_policy(
            by=request.user,
            policy=roles.policy_of(form.instance),
            summary=given["summary"],
            needs_second_factor=given["needs_second_factor"],
        )

    @admin.display(description=gettext_lazy("Role"), ordering="name")
    def role(self, group: Group) -> str:
        """The role's name."""
        return role_text(group.name)

    @admin.display(description=gettext_lazy("What people with this role may do"))
    def summary(self, group: Group) -> str:
        """The role's sentence."""
        return selectors.role_summary(group)

    @admin.display(description=gettext_lazy("Needs a second factor"), boolean=True)
    def second_factor(self, group: Any) -> bool:
        """Whether people with the role have to set one up."""
        policy = getattr(group, "policy", None)
        return bool(policy and policy.needs_second_factor)

    def needs_second_factor(self, group: Any) -> bool:
        """The same, on the page of somebody who may only look."""
        return self.second_factor(group)
