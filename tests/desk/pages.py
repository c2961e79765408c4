"""The desk as a browser without scripts uses it: read a page's form, change some of it, press a button."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse
from lxml import html

from articles.models import Claim


def signed_in(user: Any) -> Client:
    """A browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def page_of(row: Any) -> str:
    """The address of a row's page."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


class _Fields(HTMLParser):
    """The fields of the page's posted form, as a browser without scripts would send them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._within, self._select, self._textarea = False, "", ""
        self._is_found = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            is_the_rows = (given.get("id") or "").endswith("_form")  # small forms beside a row's own are not it
            if is_the_rows:
                self.values, self._is_found = {}, True
            is_posted = given.get("method", "").lower() == "post" and given.get("id") != "logout-form"
            self._within = is_posted and (is_the_rows or not self._is_found)
        if not self._within or "disabled" in given or "__prefix__" in name:
            return
        if tag == "input" and given.get("type") not in ("submit", "file", "button"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                ticked = "on" if given.get("type") == "checkbox" else ""
                self.values.setdefault(name, []).append(given.get("value") or ticked)
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = [""]
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in given or self._select not in self.values):
            self.values[self._select] = [given.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        self._within = self._within and tag != "form"
        self._select = "" if tag == "select" else self._select
        self._textarea = "" if tag == "textarea" else self._textarea

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea] = [(self.values[self._textarea][0] + data).removeprefix("\n")]


def form_of(response: Any) -> dict[str, Any]:
    """What the page's form would post if its only button without a name were pressed."""
    fields = _Fields()
    fields.feed(response.content.decode())
    return {name: found if len(found) > 1 else found[0] for name, found in fields.values.items() if name}


def save(client: Client, address: str, **changes: Any) -> Any:
    """Open a page, change some fields (``__`` stands for ``-``), and save."""
    data = form_of(client.get(address)) | {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(address, data)


def bring_in(client: Client, *, saved: dict[str, Any] | None = None, article: str = "", **given: Any) -> Any:
    """Import an article: give it, look at what was found, correct it (``saved``) and save."""
    address = reverse("admin:articles_article_add") + (f"?article={article}" if article else "")
    found = client.post(address, given)
    return client.post(address, form_of(found) | (saved or {}))


def add_row(data: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """The form with one more row below."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    data[f"{prefix}-TOTAL_FORMS"] = str(number + 1)
    return data | {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def press(client: Client, claim: Claim, step: str, **changes: Any) -> Any:
    """Open a claim, press the button of a step, and follow to where it leads."""
    address = page_of(claim)
    data = form_of(client.get(address)) | {"_step": step} | changes
    return client.post(address, data, follow=True)


def approve(client: Client, claim: Claim, comment: str = "Compared with the minutes.") -> Any:
    """Open the review page of a claim, and press "Approve" there."""
    address = reverse("admin:articles_claim_review", args=[claim.pk])
    data = {"step": "approve", "comment": comment, "_version": form_of(client.get(address)).get("_version", "")}
    return client.post(address, data, follow=True)


def address_of_step(claim: Claim, step: str) -> str:
    """The page on which a step is confirmed."""
    pages = {"approve": "admin:articles_claim_review", "publish": "admin:articles_claim_publish"}
    if step in pages:
        return reverse(pages[step], args=[claim.pk])
    return reverse("admin:articles_claim_step", args=[claim.pk, step])


def confirm(client: Client, claim: Claim, step: str, **words: Any) -> Any:
    """Open the page on which a step is confirmed, fill it in, and press its button."""
    address = address_of_step(claim, step)
    return client.post(address, form_of(client.get(address)) | words, follow=True)


def errors(response: Any) -> str:
    """Everything the page says is wrong, as text."""
    root = html.fromstring(response.content.decode())
    found = root.xpath(
        "//*[contains(@class,'errorlist') or contains(@class,'errornote') or contains(@class,'desk-reasons')]"
    )
    return " ".join(" ".join(item.text_content().split()) for item in found)


def text_of(response: Any) -> str:
    """The page's words."""
    return " ".join(html.fromstring(response.content.decode()).text_content().split())
