"""What this site is: its keys, its addresses and names, its log, its look, its languages."""

from pathlib import Path

from environs import validate

from factcheck import database, site_languages, tip_lines
from factcheck.settings.environment import BASE_DIR, DEBUG, VAR_DIR, env

SECRET_KEY: str = env.str("SECRET_KEY", "development-only" * 4 if DEBUG else None) or database.missing("SECRET_KEY")
#: Earlier keys: what was sealed under them can still be opened.
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])

#: The address readers know this site by; canonical links, feeds and records use it.
SITE_URL: str = env.str("SITE_URL", f"http://127.0.0.1:{env.str('PORT', '8000')}" if DEBUG else "").rstrip(
    "/"
) or database.missing("SITE_URL")
#: The newsroom's name, as it appears on pages, in feeds and as the author of each ClaimReview.
SITE_NAME: str = env.str("SITE_NAME", "Factcheck")
#: By language, what stands before the verdict on a claim's page, such as "en=The claim is". Else it says "Claim:".
VERDICT_LEAD_IN: dict[str, str] = env.dict("VERDICT_LEAD_IN", {})
#: By language, a sentence about when senders of tips hear from the newsroom: "en=We answer within three days.;tr=…"
TIP_PROMISE: dict[str, str] = env.dict("TIP_PROMISE", {}, delimiter=";")
#: The newsroom's numbers for tips, as "whatsapp=+44 20 7946 0000,signal=+44 20 7946 0001,telegram=example_bot".
TIP_LINES: dict[str, str] = tip_lines.checked(env.dict("TIP_LINES", {}))
#: Where readers report an error.
CONTACT_EMAIL: str = env.str("CONTACT_EMAIL", "corrections@factcheck.example")
#: Whom records and pages name, of those who chose a public name.
BYLINES: str = env.str(
    "BYLINES", "authors-and-checkers", validate=validate.OneOf(("none", "authors", "authors-and-checkers"))
)
LOG_ORIGIN: str = env.str("LOG_ORIGIN", SITE_URL.split("://", 1)[-1] + "/log")  # these four: docs/log.md
LOG_SIGNING_KEY: str = env.str("LOG_SIGNING_KEY", "")
LOG_SIGNING_KEY_FILE: str = env.str("LOG_SIGNING_KEY_FILE", "")
#: Witnesses that are asked to cosign checkpoints, one a line or after a comma: public key, blank, address.
LOG_WITNESSES: str = env.str("LOG_WITNESSES", "")
LOG_CHECKPOINT_FILE: str = env.str("LOG_CHECKPOINT_FILE", str(VAR_DIR / "checkpoints.log"))

#: A newsroom's own folder with "templates" and "static" in it, looked at before ours: docs/theming.md.
THEME_DIR: Path | None = env.path("THEME_DIR", None)
HAS_THEME_CSS = bool(THEME_DIR and (THEME_DIR / "static/factcheck/theme.css").is_file())

# --- Language and time --------------------------------------------------------------------------
# No LocaleMiddleware: a page is in the language its address begins with, claims are in their own, and a
# "Vary: Accept-Language" on every readers' page would split shared caches for nothing.
#: The languages the readers' pages come in; each has a catalogue in locale/.
SITE_LANGUAGES: list[str] = env.list("SITE_LANGUAGES", site_languages.SHIPPED)
#: The newsroom's own language: its pages have addresses without a prefix.
LANGUAGE_CODE: str = env.str("LANGUAGE_CODE", "en")
LANGUAGES = site_languages.chosen(SITE_LANGUAGES, default=LANGUAGE_CODE)
#: The languages of the desk: English, and those in which every text of the desk is translated.
DESK_LANGUAGES: list[str] = site_languages.of_the_desk(BASE_DIR)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_I18N = True
USE_TZ = True

# --- Search by meaning: docs/search-by-meaning.md ------------------------------------------------
#: "use-multilingual-3", or a folder with an encoder; empty: claims are found by their words alone.
SEMANTIC_ENCODER: str = env.str("SEMANTIC_ENCODER", "")
#: So many vectors, the newest, are kept in the memory of each process: 2 KB each.
SEMANTIC_MAX_CLAIMS: int = env.int("SEMANTIC_MAX_CLAIMS", 200_000)
