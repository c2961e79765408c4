"""The models, one file each. Import them from here."""

from articles.models.anchor_check import AnchorCheck
from articles.models.appearance import Appearance
from articles.models.archive import ArchiveBatch, ArchiveRow, Redirect
from articles.models.article import Article, ArticleVersion
from articles.models.change import NAMED_TABLES, Change
from articles.models.claim import CONTENT_FIELDS, Claim
from articles.models.claimant import Claimant
from articles.models.comment import Address, Comment
from articles.models.dependency import Dependency
from articles.models.dismissal import Dismissal
from articles.models.evidence import Evidence
from articles.models.expert import ExpertLink, ExpertNote
from articles.models.link_check import OBSERVED_MODELS, LinkCheck
from articles.models.lists.claim_list import LIST_MODELS, BulkChange, ListColumns, SavedView
from articles.models.page import Page, PageRevision
from articles.models.pictures.lead_picture import LeadPicture
from articles.models.pictures.map_outline import MapOutline
from articles.models.pictures.picture import Picture, PictureVariant
from articles.models.private.presence import Presence
from articles.models.private.tip_picture import TipPicture
from articles.models.private.unsaved import UnsavedForm, UnsavedPage
from articles.models.rating import Rating, RatingTranslation
from articles.models.readers.front_pin import FrontPin
from articles.models.readers.log import Cosignature, Head, Record, Subtree
from articles.models.readers.matching import (
    MATCHING_MODELS,
    Lexeme,
    OpenVector,
    Posting,
    PublishedLexeme,
    PublishedPosting,
    PublishedVector,
)
from articles.models.readers.projection_version import ProjectionVersion
from articles.models.readers.published import (
    PUBLISHED_MODELS,
    PublishedArticle,
    PublishedChange,
    PublishedClaim,
    PublishedClaimant,
    PublishedCorrection,
    PublishedEntity,
    PublishedMeasure,
    PublishedMerge,
    PublishedPassage,
    PublishedPicture,
    PublishedSource,
)
from articles.models.readers.reading import TopicReading
from articles.models.readers.spelling import PublishedWord
from articles.models.relation import Relation
from articles.models.reply import RightOfReply
from articles.models.report import Report
from articles.models.review.passage import CommentPassage
from articles.models.review.reading import Reading
from articles.models.review.second_verdict import SecondVerdict
from articles.models.review.tick import Tick
from articles.models.source import Attachment, Capture, Source
from articles.models.submission import Submission
from articles.models.topic import ClaimTemplate, Topic
from articles.models.verdict import Verdict
from articles.models.verification.schedule import Schedule

#: What follows from other rows of the desk: without history.
DERIVED_MODELS = (*MATCHING_MODELS, PictureVariant)
#: What belongs to one person for a while: without history.
PRIVATE_MODELS = (Presence, TipPicture, UnsavedForm, UnsavedPage)

__all__ = [
    "CONTENT_FIELDS",
    "DERIVED_MODELS",
    "LIST_MODELS",
    "NAMED_TABLES",
    "OBSERVED_MODELS",
    "PRIVATE_MODELS",
    "PUBLISHED_MODELS",
    "Address",
    "AnchorCheck",
    "Appearance",
    "ArchiveBatch",
    "ArchiveRow",
    "Article",
    "ArticleVersion",
    "Attachment",
    "BulkChange",
    "Capture",
    "Change",
    "Claim",
    "ClaimTemplate",
    "Claimant",
    "Comment",
    "CommentPassage",
    "Cosignature",
    "Dependency",
    "Dismissal",
    "Evidence",
    "ExpertLink",
    "ExpertNote",
    "FrontPin",
    "Head",
    "LeadPicture",
    "Lexeme",
    "LinkCheck",
    "ListColumns",
    "MapOutline",
    "OpenVector",
    "Page",
    "PageRevision",
    "Picture",
    "PictureVariant",
    "Posting",
    "Presence",
    "ProjectionVersion",
    "PublishedArticle",
    "PublishedChange",
    "PublishedClaim",
    "PublishedClaimant",
    "PublishedCorrection",
    "PublishedEntity",
    "PublishedLexeme",
    "PublishedMeasure",
    "PublishedMerge",
    "PublishedPassage",
    "PublishedPicture",
    "PublishedPosting",
    "PublishedSource",
    "PublishedVector",
    "PublishedWord",
    "Rating",
    "RatingTranslation",
    "Reading",
    "Record",
    "Redirect",
    "Relation",
    "Report",
    "RightOfReply",
    "SavedView",
    "Schedule",
    "SecondVerdict",
    "Source",
    "Submission",
    "Subtree",
    "Tick",
    "TipPicture",
    "Topic",
    "TopicReading",
    "UnsavedForm",
    "UnsavedPage",
    "Verdict",
]
