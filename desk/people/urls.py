"""The addresses for signing in and for one's own account, below ``/admin/``."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path, re_path

from desk.people import saml, single_sign_on
from desk.people.invitation_pages import AcceptPage
from desk.people.password_reset import password_reset
from desk.people.sessions import SessionsPage

_account: list[URLPattern | URLResolver] = [
    path("invitation/<str:secret>/", AcceptPage.as_view(), name="invitation"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("logout/", account.logout, name="account_logout"),
    path("factors/", include("allauth.mfa.urls")),
    path("sessions/", SessionsPage.as_view(), name="usersessions_list"),
    path("single-sign-on/", include("allauth.socialaccount.urls")),
    path("oidc/<str:provider_id>/login/", single_sign_on.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", single_sign_on.callback, name="openid_connect_callback"),
    path("saml/<str:organization_slug>/login/", saml.login, name="saml_login"),
    path("saml/<str:organization_slug>/acs/", saml.answer, name="saml_acs"),
    path("saml/<str:organization_slug>/acs/finish/", saml.finish, name="saml_finish_acs"),
    path("saml/<str:organization_slug>/metadata/", saml.metadata, name="saml_metadata"),
    path("saml/<str:organization_slug>/sls/", saml.sign_out, name="saml_sls"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("account/", include(_account)),
]
