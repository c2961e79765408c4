"""How people sign in."""

from factcheck import single_sign_on
from factcheck.settings.environment import DEBUG, env
from partners import rates

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.PasswordBackend"]
PASSWORD_HASHERS = ["accounts.hashing.Argon2Hasher", "accounts.hashing.EarlierHasher"]
#: How many passwords one process checks at once; more wait a moment, so that readers' pages keep their threads.
PASSWORD_HASHES_AT_ONCE: int = env.int("PASSWORD_HASHES_AT_ONCE", 1)
#: How long a process waits after a wrong password or code before it checks the next one.
SIGN_IN_PAUSE_SECONDS: float = env.float("SIGN_IN_PAUSE_SECONDS", 0.25)
LOGIN_URL = "/admin/login/"
LOGIN_REDIRECT_URL = "/admin/"
#: Wrong passwords and codes of one account, and of one network (IPv4 /24, IPv6 /64). What is right costs nothing.
SIGN_IN_ACCOUNT_RATE: str = rates.checked("SIGN_IN_ACCOUNT_RATE", env.str("SIGN_IN_ACCOUNT_RATE", "10/hour"))
SIGN_IN_NETWORK_RATE: str = rates.checked("SIGN_IN_NETWORK_RATE", env.str("SIGN_IN_NETWORK_RATE", "60/hour"))
#: Sessions end: after hours without a request, after days in any case.
SESSION_IDLE_HOURS: float = env.float("SESSION_IDLE_HOURS", 12.0)
SESSION_MAX_DAYS: float = env.float("SESSION_MAX_DAYS", 7.0)
#: Whether people sign in with a password; off where everybody comes through single sign-on.
PASSWORD_SIGN_IN: bool = env.bool("PASSWORD_SIGN_IN", True)
OIDC_GROUPS_CLAIM: str = env.str("OIDC_GROUPS_CLAIM", "groups")  # these: docs/operations.md
OIDC_ROLES: dict[str, str] = single_sign_on.parse_roles(env.str("OIDC_ROLES", ""))
SAML_GROUPS_ATTRIBUTE: str = env.str("SAML_GROUPS_ATTRIBUTE", "groups")
SAML_ROLES: dict[str, str] = single_sign_on.parse_roles(env.str("SAML_ROLES", ""), variable="SAML_ROLES")
SOCIALACCOUNT_PROVIDERS = single_sign_on.providers(env)
globals().update(single_sign_on.allauth_settings(debug=DEBUG, login_url=LOGIN_URL, max_days=SESSION_MAX_DAYS))
