"""Forms about people and roles."""

from typing import Any

from django import forms
from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminEmailInputWidget, UnfoldAdminRadioSelectWidget, UnfoldAdminTextInputWidget

from accounts.groups import role_text
from accounts.models import User
from accounts.selectors import find_person, role_summary, roles_to_give


class RoleChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One role; each with what it may do in a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            queryset=Group.objects.none(),
            widget=UnfoldAdminRadioSelectWidget(),
            empty_label=kwargs.pop("empty_label", None),
            **kwargs,
        )

    def offer(self, by: User) -> None:
        """Only the roles that ``by`` may give."""
        self.queryset = Group.objects.filter(pk__in=[group.pk for group in roles_to_give(by)]).select_related("policy")

    def label_from_instance(self, group: Any) -> str:
        """The role's name and its sentence."""
        summary = role_summary(group)
        name = role_text(group.name)
        return f"{name}: {summary}" if summary else name


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Full name"), widget=UnfoldAdminTextInputWidget())
    email = forms.EmailField(label=gettext_lazy("E-mail address"), widget=UnfoldAdminEmailInputWidget())
    role = RoleChoice(label=gettext_lazy("Role"))

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        role: Any = self.fields["role"]
        role.offer(by)


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """One person's account. Groups and single permissions are in it for superusers alone."""

    role = RoleChoice(
        label=gettext_lazy("Role"), required=False, empty_label=gettext_lazy("No role: may not sign in to the desk.")
    )

    class Meta:
        model = User
        fields: Any = ("first_name", "last_name", "email", "is_active")
        labels = {"is_active": gettext_lazy("May sign in")}
        help_texts = {"is_active": gettext_lazy("People are made inactive, not deleted: the history names them.")}

    by: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields.get("role")
        if role is None:
            return
        role.offer(self.by)
        held = list(self.instance.groups.all())
        if len(held) == 1:
            role.initial = held[0]
            role.queryset |= Group.objects.filter(pk=held[0].pk).select_related("policy")
        elif len(held) > 1:
            names = ", ".join(role_text(group.name) for group in held)
            role.help_text = _("This person has several roles: %(names)s. The one you choose replaces them.") % {
                "names": names
            }

    def clean_email(self) -> str:
        """An address that nobody else signs in with."""
        email = str(self.cleaned_data["email"] or "").strip().lower()
        holder = find_person(email) if email else None
        if email and ((holder and holder.pk != self.instance.pk) or self._others(email).exists()):
            raise forms.ValidationError(_("Somebody else has this e-mail address."))
        return email

    def _others(self, email: str) -> QuerySet[User]:
        return User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)


class AdvancedPersonForm(PersonForm):
    """The same for superusers, who also see what the roles are made of."""

    class Meta(PersonForm.Meta):
        fields: Any = (*PersonForm.Meta.fields, "username", "is_staff", "is_superuser", "groups", "user_permissions")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        permissions: Any = self.fields["user_permissions"]
        permissions.queryset = Permission.objects.select_related("content_type")


class RoleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A role: its name, its sentence, whether it needs a second factor."""

    summary = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("What people with this role may do"),
        widget=UnfoldAdminTextInputWidget(),
    )
    needs_second_factor = forms.BooleanField(
        required=False,
        label=gettext_lazy("Needs a second factor"),
        help_text=gettext_lazy(
            "People with this role set up an authenticator app or a passkey before they use the desk."
        ),
    )

    class Meta:
        model = Group
        fields: Any = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = getattr(self.instance, "policy", None) if self.instance.pk else None
        if policy is not None:
            self.initial["summary"] = policy.summary
            self.initial["needs_second_factor"] = policy.needs_second_factor


class AdvancedRoleForm(RoleForm):
    """The same for superusers, with single permissions."""

    class Meta(RoleForm.Meta):
        fields: Any = ("name", "permissions")
