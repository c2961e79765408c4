"""The numbers at which a newsroom takes tips, as settings name them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ImproperlyConfigured

#: By service: what people call it, how its value is written, and where its link goes.
_SERVICES: Final = {
    "whatsapp": ("WhatsApp", re.compile(r"\+[0-9][0-9 ]{6,18}"), "https://wa.me/{digits}"),
    "telegram": ("Telegram", re.compile(r"@?[A-Za-z][A-Za-z0-9_]{4,31}"), "https://t.me/{name}"),
    "signal": ("Signal", re.compile(r"\+[0-9][0-9 ]{6,18}"), "https://signal.me/#p/+{digits}"),
}


@dataclass(frozen=True, slots=True)
class TipLine:
    """One number: the service, the number or name as people read it, and the address that opens the service."""

    service: str
    shown: str
    address: str


def checked(lines: Mapping[str, str]) -> dict[str, str]:
    """The same lines; stops the start of the process, with what to write instead, for one that is no number."""
    for service, value in lines.items():
        if service not in _SERVICES:
            raise ImproperlyConfigured(f"TIP_LINES takes {', '.join(_SERVICES)}; there is no {service}.")
        if not _SERVICES[service][1].fullmatch(value):
            example = "@example_bot" if service == "telegram" else "+44 20 7946 0000"
            raise ImproperlyConfigured(f"TIP_LINES: {service} is written such as {example}, not {value}.")
    return dict(lines)


def read(lines: Mapping[str, str]) -> list[TipLine]:
    """The lines in the order of the setting."""
    found = []
    for service, value in lines.items():
        name, _form, address = _SERVICES[service]
        bare = value.removeprefix("@")
        shown = f"@{bare}" if service == "telegram" else value
        found.append(TipLine(name, shown, address.format(digits=re.sub(r"\D", "", value), name=bare)))
    return found
