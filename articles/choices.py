"""Every closed word list of the domain, but for pictures: the value that is stored, the label people see.

Labels are in the language of the page: the reader's, or that of the person at the desk. The API is English. A label
that readers never see is marked with ``for_desk``, or ``for_desk_in`` with a context: it is in the desk's catalogue
alone (``tools.messages``).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as for_desk
from django.utils.translation import pgettext_lazy as for_desk_in


class Stage(TextChoices):
    """The stage of a claim. The keys are fixed: outside tools rely on them."""

    DRAFT = "draft", _("Draft")
    CHECKING = "checking", _("Being checked")
    REVIEW = "review", _("In review")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    RETRACTED = "retracted", _("Retracted")
    DROPPED = "dropped", _("Dropped")


#: Stages in which the content of a claim may be edited. In all others a transition comes first.
EDITABLE_STAGES = frozenset({Stage.DRAFT, Stage.CHECKING, Stage.REVIEW, Stage.APPROVED})
#: Stages that still ask something of somebody.
OPEN_STAGES = EDITABLE_STAGES

#: How loud a stage is on the desk; names of design tokens, not colours.
STAGE_TONES: dict[str, str] = {
    Stage.DRAFT: "neutral",
    Stage.CHECKING: "info",
    Stage.REVIEW: "warning",
    Stage.APPROVED: "info",
    Stage.PUBLISHED: "success",
    Stage.RETRACTED: "danger",
    Stage.DROPPED: "neutral",
}


class Tone(TextChoices):
    """How a rating is shown. Never by colour alone: each tone also has a sign of its own."""

    POSITIVE = "positive", for_desk_in("tone of a rating", "Holds")
    MOSTLY_POSITIVE = "mostly_positive", for_desk_in("tone of a rating", "Mostly holds")
    MIXED = "mixed", for_desk_in("tone of a rating", "Mixed")
    NEGATIVE = "negative", for_desk_in("tone of a rating", "Does not hold")
    CONTESTED = "contested", for_desk_in("tone of a rating", "Contested")
    OPEN = "open", for_desk_in("tone of a rating", "Open")
    PAST = "past", for_desk_in("tone of a rating", "Was true")


class Stance(TextChoices):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports", _("Supports")
    REFUTES = "refutes", _("Refutes")
    CONTEXT = "context", _("Context")


class SourceKind(TextChoices):
    """What sort of thing a source is."""

    OFFICIAL_STATEMENT = "official_statement", _("Official statement")
    DOCUMENT = "document", _("Document")
    DATASET = "dataset", _("Dataset")
    AGENCY_REPORT = "agency_report", _("Agency report")
    MEDIA_REPORT = "media_report", _("Media report")
    INTERVIEW = "interview", _("Interview")
    IMAGERY = "imagery", _("Imagery")
    EXPERT = "expert", _("Expert")


class ClaimantKind(TextChoices):
    """Who can make a claim."""

    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    OUTLET = "outlet", _("News outlet")
    GOVERNMENT = "government", _("Government body")


class MergeKind(TextChoices):
    """What can be merged."""

    CLAIMANT = "claimant", for_desk("Claimant")
    SOURCE = "source", for_desk("Source")
    TOPIC = "topic", for_desk("Topic")


class AddressKind(TextChoices):
    """What is at an address that a record names. The values begin the keys of ``articles.address_keys``."""

    MADE = "m", for_desk("An article or a post in which the claim was made")
    SOURCE = "s", for_desk("A source")


class AnchorState(TextChoices):
    """How surely a marked passage is still found in its text."""

    EXACT = "exact", for_desk("Exact")
    MOVED = "moved", for_desk("Moved")
    AMBIGUOUS = "ambiguous", for_desk("Ambiguous")
    LOST = "lost", for_desk("Lost")


class AnchorDecision(TextChoices):
    """What a person decided about a passage after its article's text changed."""

    PENDING = "pending", for_desk("Not decided")
    CONFIRMED = "confirmed", for_desk("Confirmed")
    LOST = "lost", for_desk("Marked as lost")
    SUPERSEDED = "superseded", for_desk("Overtaken by a newer text")


class CaptureMethod(TextChoices):
    """How the text of an article version came in."""

    FILE = "file", for_desk("File")
    PASTE = "paste", for_desk("Pasted")
    ADDRESS = "address", for_desk("Fetched from its address")
    CORRECTED = "corrected", for_desk("Extracted, then corrected by hand")
    API = "api", "API"
    DEMO = "demo", for_desk("Demo")


class MediaType(TextChoices):
    """What kinds of file are kept as they were seen at a source (IANA media types)."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", for_desk("PNG image")
    JPEG = "image/jpeg", for_desk("JPEG image")
    WEBP = "image/webp", for_desk("WebP image")
    GIF = "image/gif", for_desk("GIF image")
    HTML = "text/html", for_desk("Page")
    TEXT = "text/plain", for_desk("Text")


class ReplyMeans(TextChoices):
    """By what means somebody was asked for a reply."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    LETTER = "letter", _("Letter")
    IN_PERSON = "in_person", _("In person")
    PUBLIC_STATEMENT = "public_statement", _("Public statement")


class OriginKind(TextChoices):
    """What a claim was made in, when it was not made in an article."""

    POST = "post", _("Post")
    VIDEO = "video", _("Video")
    BROADCAST = "broadcast", _("Broadcast")
    SPEECH = "speech", _("Speech")
    MESSAGE = "message", _("Message")
    ADVERTISEMENT = "advertisement", _("Advertisement")
    WEBSITE = "website", _("Website")
    OTHER = "other", _("Other place")


#: Kinds of origin that can lack an address: nobody can look up a message, and a speech may not be recorded.
ORIGINS_WITHOUT_ADDRESS = (OriginKind.SPEECH, OriginKind.MESSAGE)


class RelationKind(TextChoices):
    """The relation of one claim to another."""

    REPEATS = "repeats", _("Repeats")
    CONTRADICTS = "contradicts", _("Contradicts")
    NARROWS = "narrows", _("Narrows")
    SUPERSEDES = "supersedes", _("Supersedes")


class RecordKind(TextChoices):
    """What a published record did to the one before it."""

    PUBLISHED = "published", _("Published")
    UPDATED = "updated", _("Updated")
    CORRECTED = "corrected", _("Corrected")
    RETRACTED = "retracted", _("Retracted")


class Severity(TextChoices):
    """How far a correction reaches."""

    MINOR = "minor", _("Minor: the verdict is unchanged")
    VERDICT = "verdict", _("The verdict changed")


class SubmissionState(TextChoices):
    """What the desk decided about a claim that was sent in."""

    RECEIVED = "received", for_desk("Waiting")
    ACCEPTED = "accepted", for_desk("Accepted")
    DUPLICATE = "duplicate", for_desk("Duplicate")
    DECLINED = "declined", for_desk("Declined")


class PublicState(TextChoices):
    """The state of a submission, as its sender sees it: nothing of the desk that is not public."""

    RECEIVED = "received", _("Received: no decision yet")
    ACCEPTED = "accepted", _("Accepted: we are checking it")
    PUBLISHED = "published", _("Published: claim says where")
    RETRACTED = "retracted", _("Published, then retracted")
    DROPPED = "dropped", _("Accepted, but it is not followed further; it may be taken up again")
    DUPLICATE = "duplicate", _("The same as a claim that is public: claim says which")
    DECLINED = "declined", _("Declined: decision_note says why")


class ReportState(TextChoices):
    """The state of a reader's error report. Readers see the labels."""

    RECEIVED = "received", _("Thank you. We have received your report and will look at it.")
    IN_WORK = "in_work", _("We are looking into it")
    CORRECTED = "corrected", _("It led to a correction")
    NO_CHANGE = "no_change", _("We looked into it and changed nothing")


#: Reports that still ask something of somebody.
OPEN_REPORTS = frozenset({ReportState.RECEIVED, ReportState.IN_WORK})


class CorrectionKind(TextChoices):
    """what a correction or retraction did to the verdict."""

    MINOR = "minor", _("Minor correction")
    VERDICT = "verdict", _("Verdict changed")
    RETRACTION = "retraction", _("Retracted")


class PageKey(TextChoices):
    """The pages on which a newsroom says who it is and how it works. Each value is its address, too."""

    ABOUT = "about", _("Who we are")
    FUNDING = "funding", _("Funding and ownership")
    FAIRNESS = "fairness", _("Fairness and independence")
    METHODOLOGY = "methodology", _("How we work")
    SOURCES_POLICY = "sources-policy", _("How we use sources")
    CORRECTIONS_POLICY = "corrections-policy", _("How we correct mistakes")
    COMPLAINTS = "complaints", _("Complaints")
    CONTACT = "contact", _("Contact")
    PRIVACY = "privacy", _("Privacy")


class DependencyKind(TextChoices):
    """What a claim can wait for."""

    REPLY = "reply", for_desk("A reply")
    DOCUMENT = "document", for_desk("A document")
    EXPERT = "expert", for_desk("An expert")
    REVIEW = "review", for_desk("A colleague’s review")


class DependencyOutcome(TextChoices):
    """How waiting ended."""

    RECEIVED = "received", for_desk("Received")
    ABANDONED = "abandoned", for_desk("Abandoned")


#: Values that were stored under other words once, by table and column. The history keeps the words it was written in.
FORMER_VALUES: dict[tuple[str, str], dict[str, str]] = {
    ("articles_wait", "outcome"): {"came": DependencyOutcome.RECEIVED, "given_up": DependencyOutcome.ABANDONED},
}


class ScheduleState(TextChoices):
    """What became of a schedule."""

    WAITING = "waiting", for_desk("Waiting")
    PUBLISHED = "published", for_desk("Published")
    CANCELLED = "cancelled", for_desk("Cancelled")
    REFUSED = "refused", for_desk("Refused")


class Surface(TextChoices):
    """Through which door a change came in."""

    ADMIN = "admin", for_desk("Admin")
    API = "api", "API"
    SITE = "site", for_desk("Readers' site")
    EXPERT = "expert", for_desk("Expert’s link")
    COMMAND = "command", for_desk("Command line")
    WORKER = "worker", for_desk("Background job")
    SQL = "sql", for_desk("Direct SQL")


class ChangeKind(TextChoices):
    """What happened to a row of the desk."""

    INSERT = "insert", for_desk("Added")
    UPDATE = "update", for_desk("Changed")
    DELETE = "delete", for_desk("Removed")
