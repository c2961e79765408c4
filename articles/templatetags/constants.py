"""Faster ``{% translate %}`` and ``{% url %}`` for pages that consist of hardly anything else.

Both give what Django's own tags give, and are written the same way. What a constant text is called in a language, and
which address a page has, never changes while a process runs, so each is worked out once: on a claim page the two tags
were a third of all rendering.
"""

from functools import lru_cache
from typing import Any, cast

from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class ConstantTranslation(TranslateNode):
    """A text that stands in the template itself, remembered for each language."""

    def __init__(self, node: TranslateNode) -> None:
        self.__dict__.update(node.__dict__)
        self._known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The text in the language in force."""
        language = get_language()
        if language not in self._known:
            self._known[language] = super().render(context)
        return self._known[language]


class KnownAddress(URLNode):
    """An address with positional parts, remembered for each set of them."""

    def __init__(self, node: URLNode) -> None:
        self.__dict__.update(node.__dict__)

    def render(self, context: Context) -> str:
        """The address; whatever is out of the ordinary is left to Django's own tag."""
        args = tuple(arg.resolve(context) for arg in self.args)
        if not all(type(arg) in (str, int, SafeString) for arg in args):
            return super().render(context)
        where = (get_urlconf(), get_script_prefix(), get_language())
        try:
            address = _reverse(cast(Any, self.view_name).var, args, where)
        except NoReverseMatch:
            return super().render(context)
        return conditional_escape(address) if context.autoescape else address


@lru_cache(maxsize=8192)
def _reverse(name: str, args: tuple[str | int, ...], _where: tuple[Any, ...]) -> str:
    return reverse(name, args=args)


def translate(parser: Parser, token: Token) -> TranslateNode:
    """``{% translate %}``, remembered when its text is a constant and goes straight into the page."""
    node = do_translate(parser, token)
    expression = node.filter_expression
    is_constant = not hasattr(expression.var, "lookups") or expression.var.lookups is None
    if is_constant and not expression.filters and node.asvar is None and node.message_context is None:
        return ConstantTranslation(node)
    return node


def url(parser: Parser, token: Token) -> URLNode:
    """``{% url %}``, remembered when the view is named in the template and its parts have no names."""
    node = django_url(parser, token)
    if node.asvar is None and not node.kwargs and isinstance(node.view_name.var, str) and not node.view_name.filters:
        return KnownAddress(node)
    return node
