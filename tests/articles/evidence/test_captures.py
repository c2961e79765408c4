"""What was seen at a source is kept: files under their hash, what an address gives. Real servers on this machine."""

import hashlib
import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from articles.choices import MediaType, Stance
from articles.models import Attachment, Capture, Change, Claim, Evidence, Source
from articles.selectors.evidence import source_search
from articles.selectors.log import record_content
from articles.services.articles import fetching
from articles.services.evidence import captures, evidence, linking
from articles.services.evidence.linking import CaptureInput, SourceInput
from lib.refusals import NotAllowedError, StaleError
from lib.safehttp.policy import Policy
from tests import newsroom
from tests.articles.articles.test_fetching import PAGE, led, served
from tests.articles.pictures import PDF, SCRIPT, image
from tests.lib.safehttp.receivers import receiver
from tests.newsroom import AT

pytestmark = pytest.mark.django_db
HERE = Policy(http=True, loopback=True)


@pytest.fixture
def source(people: SimpleNamespace) -> Source:
    return newsroom.source(people.reporter)


@pytest.fixture
def claim(people: SimpleNamespace) -> Claim:
    return newsroom.draft(people.reporter)


def keep(source: Source, by: User, data: bytes = PDF, name: str = "minutes.pdf") -> Capture:
    return captures.keep_file(source=source, file=captures.checked(data, name=name), by=by, at=AT)


def link(claim: Claim, by: User, **given: Any) -> Evidence:
    values = {"stance": Stance.SUPPORTS, "locator": "page 4", "version": claim.version, "through": HERE, **given}
    return linking.link(claim=claim, by=by, at=AT, **values)


# --- Files ---------------------------------------------------------------------------------------------
def test_a_file_is_kept_with_its_hash_and_without_a_second_copy(source: Source, people: SimpleNamespace) -> None:
    first, again = keep(source, people.reporter), keep(newsroom.source(people.reporter), people.checker, name="x.pdf")
    assert first.attachment == again.attachment
    assert first.sha256 == first.received_sha256 == hashlib.sha256(PDF).hexdigest()
    assert bytes(Attachment.objects.get().content) == PDF
    assert (first.file_name, again.file_name, first.captured_at) == ("minutes.pdf", "x.pdf", AT)


def test_an_image_has_the_hash_of_the_stored_and_of_the_received_file(source: Source, people: SimpleNamespace) -> None:
    data = image("PNG") + SCRIPT
    kept = keep(source, people.reporter, data, "shot.jpg")
    assert kept.file_name == "shot.png"
    assert kept.received_sha256 == hashlib.sha256(data).hexdigest() != kept.sha256
    assert kept.sha256 == hashlib.sha256(bytes(kept.attachment.content)).hexdigest()


@pytest.mark.parametrize("wrong", ["sha256 = repeat('0', 64)", "size = 1", "media_type = 'image/svg+xml'"])
def test_the_database_refuses_attachments_with_a_wrong_hash_size_or_type(wrong: str) -> None:
    values = {"sha256": hashlib.sha256(PDF).hexdigest(), "size": str(len(PDF)), "media_type": "application/pdf"}
    name, value = wrong.split(" = ")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO articles_attachment (sha256, size, media_type, content, kept_at) SELECT"
            f" {value if name == 'sha256' else '%(sha256)s'}, {value if name == 'size' else '%(size)s'}::int,"
            f" {value if name == 'media_type' else '%(media_type)s'}, %(content)s, now()",
            values | {"content": PDF},
        )


def test_the_history_names_a_file_but_does_not_hold_its_bytes_again(source: Source, people: SimpleNamespace) -> None:
    kept = keep(source, people.reporter)
    change = Change.objects.get(table="articles_attachment")
    assert (change.kind, change.actor, change.after["sha256"]) == ("insert", people.reporter, kept.sha256)
    assert "content" not in change.after
    assert Change.objects.get(table="articles_capture").after["file_name"] == "minutes.pdf"


def test_lists_of_captures_do_not_read_the_files_bytes(claim: Claim, source: Source, people: SimpleNamespace) -> None:
    link(claim, people.reporter, cited=SourceInput(source), copy=CaptureInput(file=captures.checked(PDF, name="a.pdf")))
    row = source_search.evidence_of(claim).get()
    assert row.capture is not None
    assert row.capture.attachment is not None
    assert "content" in row.capture.attachment.get_deferred_fields()
    assert "content" in Capture.objects.get().attachment.get_deferred_fields()


def test_capturing_without_the_permission_is_refused(
    source: Source, people: SimpleNamespace, django_user_model: Any
) -> None:
    stranger = django_user_model.objects.create_user("stranger", is_staff=True)
    with pytest.raises(NotAllowedError):
        keep(source, stranger)
    assert (Attachment.objects.count(), Capture.objects.count()) == (0, 0)


def test_a_record_names_a_capture_only_when_it_has_an_archive_url(
    claim: Claim, source: Source, people: SimpleNamespace
) -> None:
    row = link(
        claim, people.reporter, cited=SourceInput(source), copy=CaptureInput(file=captures.checked(PDF, name="a.pdf"))
    )
    assert record_content.content(row.claim)["evidence"][0]["archived"] is None
    archived = captures.keep_file(
        source=source,
        file=captures.checked(PDF, name="a.pdf"),
        by=people.reporter,
        at=AT,
        archive_url="https://a.example/1",
    )
    changed = evidence.edit(evidence=row, capture=archived, by=people.reporter, at=AT, version=row.claim.version)
    shown = record_content.content(changed.claim)["evidence"][0]["archived"]
    assert (shown["url"], shown["sha256"]) == ("https://a.example/1", archived.sha256)


# --- Addresses -----------------------------------------------------------------------------------------
def test_a_page_is_kept_as_it_came_with_its_text_and_the_address_that_answered(people: SimpleNamespace) -> None:
    page = PAGE.format("utf-8").encode()
    with receiver(served(page)) as there, receiver(led(there.url + "/b/report.html")) as door:
        source = newsroom.source(people.reporter, url=door.url)
        kept = captures.keep_fetched(
            source=source, seen=captures.preview_url(source.url, through=HERE), by=people.reporter, at=AT
        )
    assert kept.fetched_from == there.url + "/b/report.html"
    assert kept.sha256 == hashlib.sha256(page).hexdigest()
    assert "on iki milyona" in kept.text
    assert (kept.attachment.media_type, kept.file_name) == (MediaType.HTML, "report.html.txt")
    assert bytes(kept.attachment.content) == page


@pytest.mark.parametrize(
    ("content", "kind", "kept"),
    [
        (PDF, "application/pdf", "application/pdf"),
        (PDF, "text/html", "application/pdf"),
        (image("PNG"), "application/octet-stream", "image/png"),
        (b"year,tolls\n2024,4000\n" * 20, "text/csv", "text/plain"),
        (b'{"tolls": [4000, 5000]}', "application/json", "text/plain"),
        (b"<html><body><script>draw()</script></body></html>", "text/html", "text/html"),
    ],
    ids=["pdf", "pdf that says page", "image", "csv", "json", "page of scripts"],
)
def test_the_type_of_a_fetched_file_is_read_from_its_bytes(content: bytes, kind: str, kept: str) -> None:
    with receiver(served(content, kind=kind)) as there:
        assert captures.preview_url(there.url, through=HERE).file.media_type == kept


@pytest.mark.parametrize(
    ("content", "kind", "code"),
    [
        (b"PK\x03\x04" + b"x" * 90, "application/zip", "kind"),
        (b"<svg onload='alert(1)'/>", "image/svg+xml", "kind"),
        (b"  \n", "text/html", "empty"),
        (PDF + b" " * 4000, "application/pdf", "too_large"),
    ],
    ids=["zip", "drawing", "empty", "large"],
)
def test_a_url_that_cannot_be_captured_is_refused_with_its_reason(content: bytes, kind: str, code: str) -> None:
    with receiver(served(content, kind=kind)) as there, pytest.raises(captures.UnsupportedFileError) as refused:
        captures.preview_url(there.url, through=HERE, max_bytes=2000)
    assert refused.value.code == code


def test_a_private_address_is_not_captured(claim: Claim, people: SimpleNamespace, settings: Any) -> None:
    settings.OUTBOUND_ALLOW_LOOPBACK = False
    for url in ("https://127.0.0.1/admin", "https://[::1]/", "https://169.254.169.254/latest/meta-data"):
        with pytest.raises(fetching.FetchError) as refused:
            link(
                claim,
                people.reporter,
                through=None,
                copy=CaptureInput(fetch=True),
                cited=SourceInput(fields={"title": "x", "url": url, "kind": "document"}),
            )
        assert refused.value.code == "address_refused"
    assert (Source.objects.count(), Capture.objects.count(), Evidence.objects.count()) == (0, 0, 0)


class FirstHopOnly(Policy):
    """This machine stands in for a public server at the first hop; from the second on, the real rule decides."""

    asked = 0

    def admits(self, address: Any) -> bool:
        FirstHopOnly.asked += 1
        return FirstHopOnly.asked <= self._first() or super().admits(address)

    def admits_port(self, scheme: str, port: int) -> bool:
        return True

    @staticmethod
    def _first() -> int:
        """How often the address of one hop is asked about: when it is read, when it is resolved, when it is reached."""
        return 3


def test_a_capture_does_not_follow_a_redirect_to_a_private_address(people: SimpleNamespace) -> None:
    FirstHopOnly.asked = 0
    with receiver(led("http://127.0.0.1:1/admin/")) as there, pytest.raises(fetching.FetchError) as refused:
        captures.preview_url(there.url, through=FirstHopOnly(http=True))
    assert refused.value.code == "address_refused"
    assert FirstHopOnly.asked > 1


# --- One act -------------------------------------------------------------------------------------------
def test_source_capture_and_evidence_are_saved_together(claim: Claim, people: SimpleNamespace) -> None:
    with receiver(served(PDF, kind="application/pdf")) as there:
        about = {"title": "Minutes", "url": there.url + "/minutes.pdf", "kind": "document"}
        row = link(
            claim, people.reporter, cited=SourceInput(fields=about), copy=CaptureInput(fetch=True), quote="12 million"
        )
    assert (row.source.title, row.capture.file_name, row.quote) == ("Minutes", "minutes.pdf", "12 million")
    assert row.claim.version == claim.version + 1
    acts = Change.objects.filter(table__in=["articles_source", "articles_capture", "articles_evidence"])
    assert len(set(acts.values_list("act", flat=True))) == 1


@pytest.mark.parametrize("wrong", [{"stance": "perhaps"}, {"locator": "x" * 121}, {"version": 99}])
def test_when_source_capture_or_evidence_is_refused_nothing_is_saved(
    claim: Claim, people: SimpleNamespace, wrong: dict[str, Any]
) -> None:
    about = {"title": "Minutes", "url": "https://city.example/m.pdf", "kind": "document"}
    file = captures.checked(PDF, name="m.pdf")
    with pytest.raises((ValidationError, StaleError)):
        link(claim, people.reporter, cited=SourceInput(fields=about), copy=CaptureInput(file=file), **wrong)
    assert [model.objects.count() for model in (Source, Attachment, Capture, Evidence)] == [0, 0, 0, 0]


def test_citing_the_url_of_a_known_source_reuses_it(claim: Claim, people: SimpleNamespace) -> None:
    known = newsroom.source(people.reporter, url="https://City.example/minutes/")
    for spelling in ("http://city.example/minutes", "https://city.example/minutes/?utm_source=x#page=4"):
        assert linking.source_at(spelling) == known
        row = link(
            claim, people.reporter, cited=SourceInput(fields={"title": "Other", "url": spelling, "kind": "document"})
        )
        assert row.source == known
        claim = row.claim
    assert linking.source_at("https://city.example/other") is None
    assert linking.suggest(url="https://city.example/minutes", by=people.reporter).known == known


def test_an_unknown_url_suggests_title_and_publisher_from_its_page(people: SimpleNamespace) -> None:
    with receiver(served(PAGE.format("utf-8").encode())) as there:
        made = linking.suggest(url=there.url, by=people.reporter, through=HERE)
    assert (made.known, made.fields["title"], made.fields["kind"]) == (None, "Köprü açıldı", "media_report")
    assert Source.objects.count() == 0


def test_a_url_that_cannot_be_fetched_suggests_nothing(people: SimpleNamespace) -> None:
    with receiver(served(b"no", status="403 Forbidden")) as there:
        made = linking.suggest(url=there.url, by=people.reporter, through=HERE)
    assert (made.fields, "403" in made.notes[0]) == ({"url": there.url}, True)
    with pytest.raises(ValidationError, match="full address"):
        linking.suggest(url="javascript:alert(1)", by=people.reporter)


def test_evidence_with_a_capture_of_another_source_is_refused(
    claim: Claim, source: Source, people: SimpleNamespace
) -> None:
    other = keep(newsroom.source(people.reporter), people.reporter)
    with pytest.raises(ValidationError, match="another source"):
        link(claim, people.reporter, cited=SourceInput(source), copy=CaptureInput(known=other))


# --- Finding and ordering ------------------------------------------------------------------------------
def test_source_search_lists_the_most_cited_first(claim: Claim, people: SimpleNamespace) -> None:
    rare, often = (newsroom.source(people.reporter, title=f"Toll report {n}", publisher="Agency") for n in "AB")
    link(claim, people.reporter, cited=SourceInput(often))
    assert [row.title for row in source_search.sources_for("report agency")] == [often.title, rare.title]
    assert source_search.sources_for("report")[0].claim_count == 1
    assert [row.title for row in source_search.sources_for("toll reprot")][:1] == [often.title], "a slip of the finger"
    assert source_search.sources_for("%") == []
    assert len(source_search.sources_for("")) == 2


def test_the_order_of_evidence_is_that_of_the_record(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    first, second = claim.evidence.values_list("pk", flat=True)
    changed = evidence.reorder(claim=claim, order=[second, first], by=people.reporter, at=AT, version=claim.version)
    assert [item["locator"] for item in record_content.content(changed)["evidence"]] == ["section 2", "page 4"]
    assert changed.version == claim.version + 1
    for wrong in ([first], [first, first], [first, second, 0], []):
        with pytest.raises(evidence.OrderDiffersError):
            evidence.reorder(claim=changed, order=wrong, by=people.reporter, at=AT, version=changed.version)


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_of_two_people_who_reorder_evidence_at_once_one_is_refused(people: SimpleNamespace) -> None:
    claim = newsroom.complete(people.reporter)
    pks = list(claim.evidence.values_list("pk", flat=True))
    gate, outcomes = threading.Barrier(2), []

    def order(by: User, wished: list[int]) -> None:
        try:
            gate.wait(10)
            evidence.reorder(claim=claim, order=wished, by=by, at=AT, version=claim.version)
            outcomes.append("ordered")
        except StaleError:
            outcomes.append("stale")
        finally:
            connection.close()

    both = [(people.reporter, pks[::-1]), (people.colleague, pks)]
    threads = [threading.Thread(target=order, args=args) for args in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["ordered", "stale"]
    assert Claim.objects.get(pk=claim.pk).version == claim.version + 1


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_citing_one_new_url_twice_at_once_makes_one_source(people: SimpleNamespace) -> None:
    claims_, gate = [newsroom.draft(people.reporter) for _ in range(2)], threading.Barrier(2)

    def cite(claim: Claim) -> None:
        try:
            gate.wait(10)
            about = {"title": "Minutes", "url": "https://city.example/new", "kind": "document"}
            link(
                claim,
                people.reporter,
                cited=SourceInput(fields=about),
                copy=CaptureInput(file=captures.checked(PDF, name="m.pdf")),
            )
        finally:
            connection.close()

    threads = [threading.Thread(target=cite, args=[claim]) for claim in claims_]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert (Source.objects.count(), Attachment.objects.count(), Evidence.objects.count()) == (1, 1, 2)
