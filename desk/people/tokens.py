"""One's own tokens for the desk API."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from accounts import services
from accounts.models import PersonalToken
from desk.http.views import render_page


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a token is for, and until when."""

    class Meta:
        model = PersonalToken
        fields = ("name", "expires_at")

    def clean_name(self) -> str:
        """A name that says something."""
        return str(self.cleaned_data["name"]).strip()

    def clean_expires_at(self) -> Any:
        """A day that is still to come."""
        expires_at = self.cleaned_data["expires_at"]
        if expires_at and expires_at <= timezone.now():
            raise forms.ValidationError(_("This is in the past: the token would never work."))
        return expires_at


@admin.register(PersonalToken)
class PersonalTokenAdmin(ModelAdmin):  # type: ignore[misc]
    """One's own tokens for the desk API. The secret is shown once, when it is made."""

    form = TokenForm
    list_display = ("name", "starts_with", "created_at", "expires_at", "last_used_at", "revoked_at")
    fields = ("name", "expires_at")
    actions = ("revoke_selected",)
    object_history_template = "admin/object_history.html"

    def get_queryset(self, request: Any) -> QuerySet[PersonalToken]:
        """Only the user's own tokens."""
        rows: QuerySet[PersonalToken] = super().get_queryset(request)
        return rows.filter(user=request.user)

    def has_module_permission(self, request: Any) -> bool:
        """Everybody of the newsroom may have tokens of their own."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: Any, obj: PersonalToken | None = None) -> bool:
        """One's own."""
        return obj is None or obj.user_id == request.user.pk

    def has_add_permission(self, request: Any) -> bool:
        """Everybody, for themselves."""
        return True

    def has_change_permission(self, request: Any, obj: PersonalToken | None = None) -> bool:
        """Never; the list offers to revoke a token."""
        return obj is None

    def has_delete_permission(self, request: Any, obj: PersonalToken | None = None) -> bool:
        """Never: a revoked token stays in the list."""
        return False

    @admin.display(description=gettext_lazy("starts with"))
    def starts_with(self, token: PersonalToken) -> str:
        """What tells it from the others."""
        return f"{token.prefix}…"

    def save_model(self, request: Any, obj: PersonalToken, form: Any, change: bool) -> None:
        """Issue it; its secret is kept for the answer alone."""
        token, request.token_secret = services.issue_token(
            user=request.user, name=form.cleaned_data["name"], expires_at=form.cleaned_data["expires_at"]
        )
        obj.pk = token.pk

    def response_add(self, request: Any, obj: PersonalToken, post_url_continue: Any = None) -> HttpResponse:
        """Show the secret, this once: it is in this answer and nowhere else."""
        shown = {
            "secret": request.token_secret,
            "token_name": obj.name,
            "list_address": reverse("admin:accounts_personaltoken_changelist"),
        }
        return render_page(request, "desk/people/token.html", model=PersonalToken, title=_("Your new token"), **shown)

    @admin.action(description=gettext_lazy("Revoke selected"))
    def revoke_selected(self, request: Any, queryset: QuerySet[PersonalToken]) -> HttpResponse:
        """Make them useless from now on."""
        for token in queryset.filter(user=request.user):
            services.revoke_token(token=token, at=timezone.now())
        messages.success(request, _("Revoked. Whatever used them is shut out from now on."))
        return HttpResponseRedirect(reverse("admin:accounts_personaltoken_changelist"))
