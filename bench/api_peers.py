"""What the API is measured against: the same data in ordinary tables, behind an ordinary view.

Both peers read tables that ``fill`` makes from the published records: one statement that lets PostgreSQL put the JSON
together, and Django REST Framework as its tutorial has it, with nested serializers and numbered pages.
"""

from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from rest_framework import generics, pagination, serializers


class _Peer(models.Model):
    class Meta:
        abstract = True
        app_label = "articles"


class PeerClaimant(_Peer):
    """Who made a claim."""

    id = models.UUIDField(primary_key=True)
    name, role, kind, slug = (models.TextField() for _ in range(4))
    same_as = models.JSONField()

    class Meta(_Peer.Meta):
        abstract = False
        db_table = "peer_claimant"


class PeerArticle(_Peer):
    """Where a claim was made."""

    id = models.UUIDField(primary_key=True)
    title, slug, url, publisher, language = (models.TextField() for _ in range(5))
    published_on = models.DateField(null=True)
    authors = models.JSONField()

    class Meta(_Peer.Meta):
        abstract = False
        db_table = "peer_article"


class PeerSource(_Peer):
    """What a claim was checked against."""

    id = models.UUIDField(primary_key=True)
    title, slug, url, publisher, kind, interest = (models.TextField() for _ in range(6))
    published_on = models.DateField(null=True)
    primary = models.BooleanField()

    class Meta(_Peer.Meta):
        abstract = False
        db_table = "peer_source"


class PeerClaim(_Peer):
    """A claim with its verdict."""

    id = models.UUIDField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    revision = models.IntegerField()
    kind, slug, url, text, language, origin, single_source_reason = (models.TextField() for _ in range(7))
    claimed_on = models.DateField(null=True)
    topics = models.JSONField()
    first_published_at, published_at = models.DateTimeField(), models.DateTimeField()
    summary, explanation_html = models.TextField(), models.TextField()
    checked_on = models.DateField()
    rating = models.JSONField()
    claimant = models.ForeignKey(PeerClaimant, models.DO_NOTHING, null=True)

    class Meta(_Peer.Meta):
        abstract = False
        db_table = "peer_claim"


class PeerAppearance(_Peer):
    """A passage in which a claim was made."""

    claim = models.ForeignKey(PeerClaim, models.DO_NOTHING, related_name="appearances")
    article = models.ForeignKey(PeerArticle, models.DO_NOTHING)
    exact, prefix, suffix = (models.TextField() for _ in range(3))
    start, end = models.IntegerField(), models.IntegerField()

    class Meta(_Peer.Meta):
        abstract = False
        db_table = "peer_appearance"


class PeerEvidence(_Peer):
    """What a source says on a claim."""

    claim = models.ForeignKey(PeerClaim, models.DO_NOTHING, related_name="evidence")
    source = models.ForeignKey(PeerSource, models.DO_NOTHING, null=True)
    stance, quote, note, locator = (models.TextField() for _ in range(4))

    class Meta(_Peer.Meta):
        abstract = False
        db_table = "peer_evidence"


TABLES = (PeerClaimant, PeerArticle, PeerSource, PeerClaim, PeerAppearance, PeerEvidence)


def _nested(of: type[models.Model], **more: serializers.BaseSerializer) -> type[serializers.ModelSerializer]:
    meta = type("Meta", (), {"model": of, "fields": "__all__"})
    return type(f"{of.__name__}Serializer", (serializers.ModelSerializer,), {"Meta": meta, **more})


_Appearance = _nested(PeerAppearance, article=_nested(PeerArticle)())
_Evidence = _nested(PeerEvidence, source=_nested(PeerSource)())
_Claim = _nested(
    PeerClaim, claimant=_nested(PeerClaimant)(), appearances=_Appearance(many=True), evidence=_Evidence(many=True)
)


class _Numbered(pagination.PageNumberPagination):
    page_size = 100


class StockView(generics.ListAPIView):
    """Django REST Framework as its tutorial has it."""

    authentication_classes = permission_classes = ()
    queryset = PeerClaim.objects.order_by("-seq")
    serializer_class = _Claim
    pagination_class = _Numbered


class TunedView(StockView):
    """The same by somebody who knows it: related rows are fetched together."""

    queryset = StockView.queryset.select_related("claimant").prefetch_related(
        "appearances__article", "evidence__source"
    )


_AGGREGATE = """
SELECT json_build_object('results', json_agg(document ORDER BY seq DESC))::text FROM (
  SELECT c.seq, json_build_object(
    'seq', c.seq, 'revision', c.revision, 'kind', c.kind, 'published_at', c.published_at,
    'first_published_at', c.first_published_at, 'single_source_reason', c.single_source_reason,
    'claim', json_build_object('id', c.id, 'slug', c.slug, 'url', c.url, 'text', c.text, 'language', c.language,
      'origin', c.origin, 'claimed_on', c.claimed_on, 'topics', c.topics, 'claimant', row_to_json(w)),
    'verdict', json_build_object('summary', c.summary, 'explanation_html', c.explanation_html,
      'checked_on', c.checked_on, 'rating', c.rating),
    'appearances', (SELECT json_agg(json_build_object('article', row_to_json(a),
        'position', json_build_object('start', p.start, 'end', p."end"),
        'quote', json_build_object('exact', p.exact, 'prefix', p.prefix, 'suffix', p.suffix)) ORDER BY p.id)
      FROM peer_appearance p JOIN peer_article a ON a.id = p.article_id WHERE p.claim_id = c.id),
    'evidence', (SELECT json_agg(json_build_object('stance', e.stance, 'quote', e.quote, 'note', e.note,
        'locator', e.locator, 'source', row_to_json(s)) ORDER BY e.id)
      FROM peer_evidence e LEFT JOIN peer_source s ON s.id = e.source_id WHERE e.claim_id = c.id)
  ) AS document
  FROM (SELECT * FROM peer_claim ORDER BY seq DESC LIMIT 100) c LEFT JOIN peer_claimant w ON w.id = c.claimant_id
) listed
"""


def aggregate(request: HttpRequest) -> HttpResponse:
    """The quickest way without stored bytes: one statement in which PostgreSQL puts the list together."""
    with connection.cursor() as cursor:
        cursor.execute(_AGGREGATE)
        return HttpResponse(cursor.fetchone()[0], content_type="application/json")


#: The published records, and the documents they hold: copies of a record hold the same one, which is read once.
_DOCUMENTS = (
    """CREATE TEMPORARY TABLE published AS
  SELECT r.seq, p.claim_id AS id, p.slug, r.sha256
  FROM articles_publishedclaim p JOIN articles_record r ON r.seq = p.record_id WHERE NOT p.is_retracted""",
    """CREATE TEMPORARY TABLE document AS
  SELECT sha256, convert_from(body, 'UTF8')::jsonb AS d FROM articles_record
  WHERE seq IN (SELECT min(seq) FROM published GROUP BY sha256)""",
    "ANALYZE published, document",
)
_FILL = (
    """INSERT INTO peer_claimant (id, name, role, kind, slug, same_as)
  SELECT DISTINCT ON (x->>'id') (x->>'id')::uuid, x->>'name', x->>'role', x->>'kind', x->>'slug', x->'same_as'
  FROM (SELECT d->'claim'->'claimant' AS x FROM document) f WHERE x->>'id' IS NOT NULL""",
    """INSERT INTO peer_article (id, title, slug, url, publisher, language, published_on, authors)
  SELECT DISTINCT ON (x->>'id') (x->>'id')::uuid, x->>'title', x->>'slug', x->>'url', x->>'publisher', x->>'language',
    (x->>'published_on')::date, x->'authors'
  FROM (SELECT jsonb_array_elements(d->'appearances')->'article' AS x FROM document) f""",
    """INSERT INTO peer_source (id, title, slug, url, publisher, kind, interest, published_on, "primary")
  SELECT DISTINCT ON (x->>'id') (x->>'id')::uuid, x->>'title', x->>'slug', coalesce(x->>'url', ''), x->>'publisher',
    x->>'kind', x->>'interest', (x->>'published_on')::date, (x->>'primary')::boolean
  FROM (SELECT jsonb_array_elements(d->'evidence')->'source' AS x FROM document) f WHERE x->>'id' IS NOT NULL""",
    """INSERT INTO peer_claim (revision, kind, url, text, language, origin, single_source_reason, claimed_on, topics,
    first_published_at, published_at, summary, explanation_html, checked_on, rating, claimant_id, id, seq, slug)
  WITH f (of, revision, kind, url, text, language, origin, single_source_reason, claimed_on, topics,
    first_published_at, published_at, summary, explanation_html, checked_on, rating, claimant) AS MATERIALIZED (
    SELECT sha256, (d->>'revision')::int, d->>'kind', d->'claim'->>'url', d->'claim'->>'text',
      d->'claim'->>'language', d->'claim'->>'origin', d->>'single_source_reason', (d->'claim'->>'claimed_on')::date,
      d->'claim'->'topics', (d->>'first_published_at')::timestamptz, (d->>'published_at')::timestamptz,
      d->'verdict'->>'summary', d->'verdict'->>'explanation_html', (d->'verdict'->>'checked_on')::date,
      d->'verdict'->'rating', (d->'claim'->'claimant'->>'id')::uuid FROM document)
  SELECT revision, kind, url, text, language, origin, single_source_reason, claimed_on, topics,
    first_published_at, published_at, summary, explanation_html, checked_on, rating, claimant, id, seq, slug
  FROM published JOIN f ON of = sha256 ORDER BY seq""",
    """INSERT INTO peer_appearance (claim_id, article_id, exact, prefix, suffix, start, "end")
  WITH f (of, place, article, exact, prefix, suffix, start, "end") AS MATERIALIZED (
    SELECT sha256, place, (x->'article'->>'id')::uuid, x->'quote'->>'exact', x->'quote'->>'prefix',
      x->'quote'->>'suffix', (x->'position'->>'start')::int, (x->'position'->>'end')::int
    FROM document, jsonb_array_elements(d->'appearances') WITH ORDINALITY AS e (x, place))
  SELECT id, article, exact, prefix, suffix, start, "end" FROM published JOIN f ON of = sha256 ORDER BY seq, place""",
    """INSERT INTO peer_evidence (claim_id, source_id, stance, quote, note, locator)
  WITH f (of, place, source, stance, quote, note, locator) AS MATERIALIZED (
    SELECT sha256, place, (x->'source'->>'id')::uuid, x->>'stance', x->>'quote', x->>'note', x->>'locator'
    FROM document, jsonb_array_elements(d->'evidence') WITH ORDINALITY AS e (x, place))
  SELECT id, source, stance, quote, note, locator FROM published JOIN f ON of = sha256 ORDER BY seq, place""",
)


def fill() -> None:
    """Make the peers' tables from the published records, in the order of the log; their indexes when all is in."""
    with connection.schema_editor() as editor, connection.cursor() as cursor:
        for table in TABLES:
            editor.create_model(table)
        for statement in (*_DOCUMENTS, *_FILL):
            cursor.execute(statement)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE published, document")
        cursor.execute("VACUUM ANALYZE")
