"""What an assistant may ask: published claims, with all it needs to quote them. Nothing here changes anything."""

import re
from collections.abc import Callable
from functools import wraps
from html import unescape
from typing import Any, Final
from urllib.parse import unquote, urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import close_old_connections

from api.matching import answers
from articles.models import PublishedClaim, Record
from articles.selectors.keyset import CursorError
from articles.selectors.log.record_content import claim_url
from articles.selectors.readers import best_matches, change_feed, published
from articles.selectors.readers.change_feed import EpochEndedError, LogBehindError
from articles.selectors.readers.matching import PART
from lib import webaddress

Document = dict[str, Any]
MAX_RESULTS: Final = 20
_TAGS: Final = re.compile(r"<[^>]+>")


class QuestionError(Exception):
    """A question that cannot be answered; the text says what to ask instead."""


def match_claim(text: str, language: str = "", claimant: str = "", context: str = "", limit: int = 5) -> Document:
    """Find out whether a claim, a post or a message was checked.

    `same` are checks of probably the same claim, `related` are about the same subject and do not answer the question.
    Nothing found means that it was not checked here; it does not mean that it is true or false.
    `text` may be a web address: of an article or post, of a source, or of a check. `language` is a tag such as "en";
    leave it out when you do not know it. `claimant` is who said it, `context` the sentences around it.
    """
    asked: Document = {"limit": _bounded(limit)}
    if len(text) > PART:
        raise QuestionError(f"A text has at most {PART} characters. Send the part that makes the claim.")
    if webaddress.site_of(text) and not re.search(r"\s", text.strip()):
        asked["url"] = text.strip()
    else:
        asked |= {"text": text, "language": language, "claimant": claimant, "context": context[:PART]}
    found = _answer(asked)
    for match in (*found["same"], *found["related"]):
        match["cite"] = cite(match["claim"], match["verdict"])
    return found


def search_checks(query: str, language: str = "", limit: int = 10) -> Document:
    """Search published checks for words, best first. All words must be there. Retracted checks are left out."""
    if not query.strip():
        raise QuestionError("Give words to search for.")
    if len(query) > best_matches.MAX_QUERY:
        raise QuestionError(
            f"A query has at most {best_matches.MAX_QUERY} characters. For a whole text use match_claim."
        )
    search = best_matches.Search(query.strip().replace("\x00", " "), language)
    found = best_matches.not_retracted(search, size=_bounded(limit), scope=["agents"])
    return {"results": [_brief(row.record.document()) for row in found.rows]}


def get_check(check: str) -> Document:
    """Read one check: verdict with its definition, evidence for and against, replies, corrections, proof address.

    `check` is the id, the slug or the address of a claim. A retracted check has no verdict: say that it was retracted.
    """
    return described(_claim(check))


def list_changes(cursor: str = "", limit: int = 20) -> Document:
    """Follow what is published, corrected and retracted, oldest first. Keep `next_cursor` for the next call.

    Earlier entries of a retracted claim may have neither claimant nor verdict: those were withdrawn.
    """
    head = published.head()
    try:
        position = change_feed.position(head, cursor)
        feed = change_feed.feed(head, position, size=_bounded(limit))
    except CursorError as error:
        raise QuestionError("This cursor is not one of ours. Begin without one.") from error
    except (EpochEndedError, LogBehindError) as error:
        raise QuestionError(f"{error or 'This copy of the log is behind.'} Begin without a cursor.") from error
    documents = [Record(body=row.body).document() for row in feed.rows]
    withdrawn = {str(pk) for pk in published.without_attribution({UUID(one["claim"]["id"]) for one in documents})}
    return {
        "changes": [
            _brief(_unattributed(one) if one["claim"]["id"] in withdrawn else one)
            | {"seq": one["seq"], "kind": one["kind"]}
            | _why(one)
            for one in documents
        ],
        "next_cursor": feed.resume,
        "has_more": bool(feed.next),
    }


def cite(claim: Document, verdict: Document | None) -> str:
    """One sentence that names the verdict, the newsroom, the day and the address."""
    if verdict is None:
        return f"{settings.SITE_NAME} retracted its check of this claim: {claim['url']}"
    day = f", checked on {verdict['checked_on']}" if verdict["checked_on"] else ""
    return f"{settings.SITE_NAME} rated this claim “{verdict['rating']['label']}”{day}: {claim['url']}"


def described(row: PublishedClaim) -> Document:
    """A check as an assistant needs it: the record without its markup, positions and salt."""
    record = row.record.document()
    claim, verdict = record["claim"], record["verdict"]
    return {
        **_brief(record),
        "kind": record["kind"],
        "explanation": _plain(verdict["explanation_html"]) if verdict else None,
        "appearances": [
            {"quote": one["quote"]["exact"], **{name: one["article"][name] for name in ("title", "publisher", "url")}}
            for one in record["appearances"]
        ],
        "evidence": [_evidence(one) for one in record["evidence"]],
        "replies": record["replies"],
        "corrections": record["corrections"],
        "retraction": record["retraction"],
        **{name: record[name] for name in ("headline", "key_points", "unknowns") if name in record},
        "first_published_at": record["first_published_at"],
        "published_at": record["published_at"],
        "revision": record["revision"],
        "proof": f"{claim_url(claim['slug'])}r{record['revision']}.tlog-proof",
    }


def _unattributed(record: Document) -> Document:
    """An earlier record of a claim that was retracted with its attribution: the log has what it said."""
    return record | {"claim": record["claim"] | {"claimant": None}, "verdict": None}


def _brief(record: Document) -> Document:
    claim, verdict = record["claim"], record["verdict"]
    return {
        "id": claim["id"],
        "address": claim["url"],
        "text": claim["text"],
        "language": claim["language"],
        "claimant": (claim["claimant"] or {}).get("name"),
        "verdict": {name: verdict[name] for name in ("rating", "summary", "checked_on")} if verdict else None,
        "cite": cite(claim, verdict),
    }


def _why(record: Document) -> Document:
    if record["retraction"]:
        return {"note": record["retraction"]["note"]}
    return {"note": record["corrections"][-1]["note"]} if record["kind"] == "corrected" else {}


def _evidence(one: Document) -> Document:
    source = one["source"]
    if source.get("confidential"):
        named = {"source": source["description"], "is_confidential": True}
    else:
        named = {"source": source["title"], "publisher": source["publisher"], "address": source["url"]}
    return {"stance": one["stance"], "says": one.get("note", ""), "quote": one.get("quote", ""), **named}


def _claim(check: str) -> PublishedClaim:
    wanted = check.strip()
    if webaddress.site_of(wanted) == webaddress.site_of(settings.SITE_URL):
        steps = [unquote(step) for step in urlsplit(wanted).path.split("/") if step]
        wanted = steps[steps.index("claims") + 1] if "claims" in steps[:-1] else ""
    try:
        return published.claim(claim_id=UUID(wanted))
    except ValueError:
        pass
    except PublishedClaim.DoesNotExist:
        raise QuestionError("There is no such check.") from None
    try:
        return published.claim(slug=wanted.replace("\x00", ""))
    except PublishedClaim.DoesNotExist:
        raise QuestionError("There is no such check. Give its id, its slug or its address.") from None


def _plain(html: str) -> str:
    return unescape(_TAGS.sub(" ", html)).strip()


def _bounded(limit: int) -> int:
    return max(1, min(limit, MAX_RESULTS))


def _answer(asked: Document) -> Document:
    try:
        return answers.answer([asked])[0]
    except ValidationError as error:
        raise QuestionError(" ".join(error.messages)) from error


def in_thread(tool: Callable[..., Document]) -> Callable[..., Document]:
    """``tool`` for threads that no request of Django's belongs to: connections that ended are opened again."""

    @wraps(tool)
    def asked(*args: Any, **kwargs: Any) -> Document:
        close_old_connections()
        try:
            return tool(*args, **kwargs)
        finally:
            close_old_connections()

    return asked


TOOLS: Final = (match_claim, search_checks, get_check, list_changes)
