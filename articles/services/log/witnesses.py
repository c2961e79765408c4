"""Asking witnesses to cosign the newest checkpoint (C2SP tlog-witness), and keeping what they signed."""

import base64
import logging
import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from articles.models import Cosignature
from articles.selectors.readers import log
from articles.services.log import checkpoints
from articles.services.log.checkpoints import Checkpoint
from lib.safehttp import client
from lib.safehttp.errors import OutboundError
from lib.safehttp.policy import Limits, Policy
from lib.transparency import cosignatures
from lib.transparency.cosignatures import Verifier
from lib.transparency.signed_notes import KeyFormatError
from notifications.services import waking

logger = logging.getLogger(__name__)
#: The name of the job that asks; ``jobs.table`` has its schedule, in case a wake-up gets lost.
ASK_WITNESSES = "ask_witnesses"
#: A witness that has not signed for so long is reported to administrators.
REPORTED_AFTER = timedelta(hours=1)
_LIMITS = Limits(total_seconds=20.0)
_SIZE_TYPE = "text/x.tlog.size"


class WitnessSettingError(ValueError):
    """A line of ``LOG_WITNESSES`` cannot be used."""


class WitnessesError(Exception):
    """Witnesses have not signed for an hour. The text names each with the reason."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness of ``LOG_WITNESSES``."""

    key: Verifier
    url: str


def configured() -> list[Witness]:
    """The witnesses of ``LOG_WITNESSES``. Raises ``WitnessSettingError``."""
    found = []
    for line in filter(None, map(str.strip, re.split(r"[\n,]", settings.LOG_WITNESSES))):
        key, _, url = line.partition(" ")
        try:
            parsed = cosignatures.read_verifier(key)
        except KeyFormatError as error:
            raise WitnessSettingError(f"LOG_WITNESSES: {error}") from error
        if parsed.kind != cosignatures.COSIGNATURE or not re.match(r"https?://", url.strip()):
            raise WitnessSettingError(
                f"LOG_WITNESSES: {parsed.name} needs the key of a witness, a blank and the witness's address."
            )
        found.append(Witness(parsed, url.strip().rstrip("/")))
    return found


def cosigned(checkpoint: Checkpoint) -> str:
    """The note of a checkpoint with the cosignatures of this tree below the log's own signatures."""
    if not settings.LOG_WITNESSES:
        return checkpoint.note
    keys = [line.split()[0] for line in re.split(r"[\n,]", settings.LOG_WITNESSES) if line.strip()]
    return checkpoint.note + log.cosignature_lines(
        checkpoint.size, checkpoint.root, origin=settings.LOG_ORIGIN, keys=keys
    )


def wake() -> None:
    """Let the witnesses be asked once this transaction is committed. Without witnesses nothing happens."""
    if settings.LOG_WITNESSES:
        transaction.on_commit(_wake, robust=True)


def ask_all(*, at: datetime, policy: Policy) -> str:
    """Ask each witness that has not signed the newest checkpoint, and say in a few words how many have.

    No transaction is open meanwhile. Raises ``WitnessesError``, ``WitnessSettingError``, and what signing raises.
    """
    asked = configured()
    checkpoint = checkpoints.current() if asked else None
    if checkpoint is None or not checkpoint.size:
        return "nothing to sign"
    late = [text for witness in asked if (text := _ask(witness, checkpoint, at=at, policy=policy))]
    if late:
        raise WitnessesError("; ".join(late))
    keys = [str(witness.key) for witness in asked]
    signed = Cosignature.objects.filter(key__in=keys, origin=settings.LOG_ORIGIN, size=checkpoint.size).count()
    return f"{signed} of {len(asked)} witnesses signed {checkpoint.size} records"


def _ask(witness: Witness, checkpoint: Checkpoint, *, at: datetime, policy: Policy) -> str:
    """What is to be reported of this witness; nothing when it signed, or has not failed for long."""
    row, _ = Cosignature.objects.get_or_create(key=str(witness.key), defaults={"origin": settings.LOG_ORIGIN})
    if row.origin != settings.LOG_ORIGIN:
        row.origin, row.size, row.root, row.line = settings.LOG_ORIGIN, 0, b"", ""
    if (row.size, bytes(row.root)) == (checkpoint.size, checkpoint.root) and row.line:
        return ""
    try:
        row.line = _signed(witness, checkpoint, old=min(row.size, checkpoint.size), policy=policy)
    except OutboundError as error:
        row.problem = str(error)[:300]
        row.failing_since = row.failing_since or at
        row.save()
        logger.warning("The witness %s did not sign: %s", witness.key.name, error)
        return f"{witness.key.name}: {error}" if at - row.failing_since >= REPORTED_AFTER else ""
    row.size, row.root, row.signed_at = checkpoint.size, checkpoint.root, at
    row.problem, row.failing_since = "", None
    row.save()
    return ""


def _signed(witness: Witness, checkpoint: Checkpoint, *, old: int, policy: Policy) -> str:
    """The line of the witness, verified. Raises ``OutboundError`` with the reason."""
    answer = _post(witness, checkpoint, old, policy)
    if answer.status == 409 and answer.header("content-type").partition(";")[0] == _SIZE_TYPE:
        text = answer.content.decode("ascii", "replace").strip()
        if not text.isdecimal() or int(text) > checkpoint.size:
            raise OutboundError("witness_ahead", f"It has seen a log of {text[:20]} records; ours has fewer.")
        answer = _post(witness, checkpoint, int(text), policy)
    if answer.status != 200:
        said = answer.content[:200].decode("utf-8", "replace").strip()
        raise OutboundError(f"http_{answer.status}", f"It answered {answer.status}: {said}")
    text, _ = cosignatures.split(checkpoint.note)
    lines = answer.content.decode("utf-8", "replace")
    for line in cosignatures.valid_lines(text, lines, witness.key):
        return line
    raise OutboundError("no_cosignature", "Its answer has no valid cosignature of the key in LOG_WITNESSES.")


def _post(witness: Witness, checkpoint: Checkpoint, old: int, policy: Policy) -> client.Answer:
    proof = "".join(f"{base64.b64encode(h).decode()}\n" for h in log.consistency_proof(old, checkpoint.size))
    body = f"old {old}\n{proof}\n{checkpoint.note}".encode()
    headers = {"Content-Type": "text/plain; charset=utf-8"}
    return client.post(f"{witness.url}/add-checkpoint", body=body, headers=headers, policy=policy, limits=_LIMITS)


def _wake() -> None:
    waking.queue_job(ASK_WITNESSES)
