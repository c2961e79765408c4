"""Every closed word list of the domain: the value that is stored, the label people see."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where a claim stands in its life. The keys are fixed: outside tools rely on them."""

    DRAFT = "draft", "Draft"
    CHECKING = "checking", "Being checked"
    REVIEW = "review", "In review"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    RETRACTED = "retracted", "Retracted"
    DROPPED = "dropped", "Dropped"


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

    POSITIVE = "positive", "Holds"
    MOSTLY_POSITIVE = "mostly_positive", "Mostly holds"
    MIXED = "mixed", "Mixed"
    NEGATIVE = "negative", "Does not hold"
    CONTESTED = "contested", "Contested"
    OPEN = "open", "Open"
    PAST = "past", "Held once"


class Stance(TextChoices):
    """What a piece of evidence does to the claim."""

    SUPPORTS = "supports", "Supports"
    REFUTES = "refutes", "Refutes"
    CONTEXT = "context", "Context"


class SourceKind(TextChoices):
    """What sort of thing a source is."""

    OFFICIAL_STATEMENT = "official_statement", "Official statement"
    DOCUMENT = "document", "Document"
    DATASET = "dataset", "Dataset"
    AGENCY_REPORT = "agency_report", "Agency report"
    MEDIA_REPORT = "media_report", "Media report"
    INTERVIEW = "interview", "Interview"
    IMAGERY = "imagery", "Imagery"
    EXPERT = "expert", "Expert"


class ClaimantKind(TextChoices):
    """Who can make a claim."""

    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"


class AnchorState(TextChoices):
    """How surely a marked passage is still found in its text."""

    EXACT = "exact", "Exact"
    MOVED = "moved", "Moved"
    AMBIGUOUS = "ambiguous", "Ambiguous"
    LOST = "lost", "Lost"


class AnchorDecision(TextChoices):
    """What a person decided about a passage after its article's text changed."""

    PENDING = "pending", "Not decided"
    CONFIRMED = "confirmed", "Confirmed"
    LOST = "lost", "Marked as lost"
    SUPERSEDED = "superseded", "Overtaken by a newer text"


class CaptureMethod(TextChoices):
    """How the text of an article version came in."""

    FILE = "file", "File"
    PASTE = "paste", "Pasted"
    ADDRESS = "address", "Fetched from its address"
    CORRECTED = "corrected", "Extracted, then corrected by hand"
    API = "api", "API"
    DEMO = "demo", "Demo"


class MediaType(TextChoices):
    """What kinds of file are kept as they were seen at a source (IANA media types)."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG image"
    JPEG = "image/jpeg", "JPEG image"
    WEBP = "image/webp", "WebP image"
    GIF = "image/gif", "GIF image"
    HTML = "text/html", "Page"
    TEXT = "text/plain", "Text"


class ReplyMeans(TextChoices):
    """By what means somebody was asked for a reply."""

    EMAIL = "email", "E-mail"
    PHONE = "phone", "Phone"
    LETTER = "letter", "Letter"
    IN_PERSON = "in_person", "In person"
    PUBLIC_STATEMENT = "public_statement", "Public statement"


class RelationKind(TextChoices):
    """How one claim stands to another."""

    REPEATS = "repeats", "Repeats"
    CONTRADICTS = "contradicts", "Contradicts"
    NARROWS = "narrows", "Narrows"
    SUPERSEDES = "supersedes", "Supersedes"


class RecordKind(TextChoices):
    """What a published record did to the one before it."""

    PUBLISHED = "published", "Published"
    UPDATED = "updated", "Updated"
    CORRECTED = "corrected", "Corrected"
    RETRACTED = "retracted", "Retracted"


class Severity(TextChoices):
    """How far a correction reaches."""

    MINOR = "minor", "Minor: the verdict stands"
    VERDICT = "verdict", "The verdict changed"


class SubmissionState(TextChoices):
    """What the desk decided about a claim that was sent in."""

    RECEIVED = "received", "Waiting"
    ACCEPTED = "accepted", "Accepted"
    DUPLICATE = "duplicate", "Duplicate"
    DECLINED = "declined", "Declined"


class Fate(TextChoices):
    """What became of a submission, as its sender sees it: nothing of the desk beyond what is public."""

    RECEIVED = "received", "Received: nobody has decided yet"
    ACCEPTED = "accepted", "Accepted: it is being checked"
    PUBLISHED = "published", "Published: claim says where"
    RETRACTED = "retracted", "Published, then retracted"
    DUPLICATE = "duplicate", "The same as a claim that is public: claim says which"
    DECLINED = "declined", "Declined: decision_note says why"


class ReportState(TextChoices):
    """What became of an error that a reader reported. The labels are what the reader reads."""

    RECEIVED = "received", "Received: nobody has looked at it yet"
    IN_WORK = "in_work", "Somebody is looking into it"
    CORRECTED = "corrected", "It led to a correction"
    NO_CHANGE = "no_change", "Looked into: no change"


#: Reports that still ask something of somebody.
OPEN_REPORTS = frozenset({ReportState.RECEIVED, ReportState.IN_WORK})


class FixKind(TextChoices):
    """What a correction or retraction did to the finding."""

    MINOR = "minor", "Minor correction"
    VERDICT = "verdict", "Verdict changed"
    RETRACTION = "retraction", "Retracted"


class PageKey(TextChoices):
    """The pages on which a newsroom says who it is and how it works. Each value is its address, too."""

    ABOUT = "about", "Who we are"
    FUNDING = "funding", "Funding and ownership"
    FAIRNESS = "fairness", "Fairness and independence"
    METHODOLOGY = "methodology", "How we work"
    SOURCES_POLICY = "sources-policy", "How we deal with sources"
    CORRECTIONS_POLICY = "corrections-policy", "How we correct ourselves"
    COMPLAINTS = "complaints", "Complaints"
    CONTACT = "contact", "Contact"
    PRIVACY = "privacy", "What we keep about you"


class WaitFor(TextChoices):
    """What a claim can wait for."""

    REPLY = "reply", "A reply"
    DOCUMENT = "document", "A document"
    EXPERT = "expert", "An expert"
    REVIEW = "review", "A colleague’s review"


class WaitOutcome(TextChoices):
    """How waiting ended."""

    CAME = "came", "It came"
    GIVEN_UP = "given_up", "Given up"


class Surface(TextChoices):
    """Through which door a change came in."""

    ADMIN = "admin", "Admin"
    API = "api", "API"
    SITE = "site", "Readers' site"
    EXPERT = "expert", "Expert’s link"
    COMMAND = "command", "Command line"
    SQL = "sql", "Direct SQL"


class ChangeKind(TextChoices):
    """What happened to a row of the desk."""

    INSERT = "insert", "Added"
    UPDATE = "update", "Changed"
    DELETE = "delete", "Removed"
