"""The canonical address of a published claim's page: in the claim's own language, where the site has that language."""

from urllib.parse import quote

from django.conf import settings


def site_language(tag: str) -> str:
    """The site's language for a text in the language ``tag``; the newsroom's own where the site does not have it."""
    codes = {code.lower(): code for code, _name in settings.LANGUAGES}
    wanted = tag.lower()
    return codes.get(wanted) or codes.get(wanted.partition("-")[0]) or str(settings.LANGUAGE_CODE)


def canonical_address(slug: str, language: str) -> str:
    """The full address of the claim ``slug`` in ``language``, a BCP 47 tag, as a URI."""
    code = site_language(language)
    prefix = "" if code == settings.LANGUAGE_CODE else f"/{code}"
    return f"{settings.SITE_URL}{prefix}/claims/{quote(slug)}/"
