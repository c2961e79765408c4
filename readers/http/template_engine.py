"""The engine of the readers' templates: Jinja2, with everything that cannot change compiled in.

A template is compiled once for each language. A text that stands in it is translated then, an address without parts is
looked up then, and a part named in it becomes a piece of it: what is left to do for a page is to put values between
long constant strings. Why, and what it saves: docs/decisions/0029.
"""

from pathlib import PurePosixPath
from typing import Any

import jinja2
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.backends.base import BaseEngine
from django.template.backends.jinja2 import Jinja2, Template
from django.urls import NoReverseMatch
from django.utils.translation import override
from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from articles import text
from readers.http import template_constants, template_globals

#: The folders whose templates are this engine's; so are the error pages, which lie beside them.
FOLDERS = ("readers",)


class ReadersTemplates(BaseEngine):
    """A Jinja2 backend for each language, and for every setting that changes the compiled addresses."""

    app_dirname = "readers"

    def __init__(self, params: dict[str, Any]) -> None:
        params = params.copy()
        self._options = params.pop("OPTIONS")
        super().__init__(params)
        self._backends: dict[tuple[Any, ...], Jinja2] = {}

    def get_template(self, template_name: str) -> Template:
        """The template for the language in force. Raises ``TemplateDoesNotExist`` for what is another engine's."""
        path = PurePosixPath(template_name)
        if len(path.parts) > 1 and path.parts[0] not in FOLDERS:
            raise TemplateDoesNotExist(template_name, backend=self)
        where = template_constants.locale_key()
        backend = self._backends.get(where)
        if backend is None:
            backend = self._backends[where] = self._backend(where[0] or settings.LANGUAGE_CODE)
        return backend.get_template(template_name)

    def _backend(self, language: str) -> Jinja2:
        options = {
            "environment": "readers.http.template_engine.Readers",
            "language": language,
            **self._options,
        }
        return Jinja2({"NAME": self.name, "DIRS": self.dirs, "APP_DIRS": False, "OPTIONS": options})


class Readers(jinja2.Environment):
    """Templates in one language, with the words of ``fixed`` and ``vocabulary``."""

    def __init__(self, *, language: str, **options: Any) -> None:
        super().__init__(**options | {"undefined": jinja2.ChainableUndefined, "keep_trailing_newline": True})
        self.language = language
        self.globals |= {
            **template_constants.CONSTANT,
            # An environment serves one answer to locale_key, so that it need not be asked for each address.
            "url": template_constants.urls_in(template_constants.locale_key()),
            **template_globals.FUNCTIONS,
            "page_language": language,
            "page_direction": text.direction(language),
        }
        self.filters.update(template_globals.FILTERS)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """``record.claim``: what a record holds under that name comes first, since pages are made of records."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def compile(self, source: str | nodes.Template, name: str | None = None, *args: Any, **options: Any) -> Any:
        """As Jinja2 does it, after what cannot change was worked out."""
        if isinstance(source, str):
            source = self.parse(source, name)
            with override(self.language):
                source = _Constants(self).visit(source)
        return super().compile(source, name, *args, **options)


class _Constants(NodeTransformer):
    """Puts in what a template says without the page's values: texts, addresses, and whole parts.

    On a developer's machine, where files change, parts stay apart, so that each is read again when it was edited.
    """

    def __init__(self, environment: Readers) -> None:
        self.environment = environment

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """``_("Claims")`` becomes the text it stands for."""
        self.generic_visit(node)
        name = getattr(node.node, "name", "")
        is_constant = all(isinstance(argument, nodes.Const) for argument in node.args)
        if (
            name not in template_constants.CONSTANT
            or not is_constant
            or node.kwargs
            or node.dyn_args
            or node.dyn_kwargs
        ):
            return node
        try:
            value = template_constants.CONSTANT[name](*(argument.as_const() for argument in node.args))
        except (ValueError, NoReverseMatch):
            return node  # a file that only some newsrooms have: it matters when the page gets there, if ever
        return nodes.Const(value, lineno=node.lineno, environment=self.environment)

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """A part becomes a piece of the template, with names of its own."""
        if (
            self.environment.auto_reload
            or not isinstance(node.template, nodes.Const)
            or self.environment.loader is None
        ):
            return node
        source, filename, _uptodate = self.environment.loader.get_source(self.environment, node.template.value)
        part = self.visit(self.environment.parse(source, node.template.value, filename))
        return nodes.Scope(part.body, lineno=node.lineno, environment=self.environment)
