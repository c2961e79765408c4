"""Tips: a message, a link or pictures, answered at once where there is a check, found again by their reference."""

import io
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from lxml import html
from PIL import Image

from articles.models import Change, Submission, TipPicture
from articles.services import reports, submissions
from factcheck import tip_lines
from followers.models import AnswerRequest
from followers.services import answers
from notifications.models import Message
from tests import newsroom
from tests.desk.pages import form_of, page_of, signed_in
from tests.lib.pictures.test_pictures import png_header, with_gps, written

pytestmark = pytest.mark.django_db
SAID = "The ferry made 30 trips a day"


@pytest.fixture(autouse=True)
def _people_type_fast(settings: Any) -> None:
    settings.REPORT_MIN_SECONDS = 0.0


def text_of(response: Any) -> str:
    return " ".join(html.fromstring(response.content).text_content().split())


def photo(name: str = "a.jpg", side: int = 300) -> SimpleUploadedFile:
    made = Image.effect_noise((side, side), 60).convert("RGB")
    return SimpleUploadedFile(name, written(made, "JPEG", exif=with_gps()), "image/jpeg")


def send(client: Client | None = None, **words: Any) -> Any:
    client = client or Client(enforce_csrf_checks=True)
    return client.post("/suggest/", form_of(client.get("/suggest/")) | words)


def test_a_tip_of_pictures_alone_reaches_the_desk_without_what_the_camera_wrote(people: Any) -> None:
    sent = send(pictures=[photo("a.jpg"), photo("b.jpg")])
    assert sent.status_code == 303
    assert not sent.cookies
    kept = TipPicture.objects.defer(None).order_by("place")
    assert [(one.place, one.media_type, one.width) for one in kept] == [(0, "image/jpeg", 300), (1, "image/jpeg", 300)]
    for one in kept:
        with Image.open(io.BytesIO(bytes(one.content))) as opened:
            assert not opened.getexif()
    told = Client().get(sent.headers["Location"])
    assert "A picture, without a text." in text_of(told)
    assert "<img" not in told.content.decode(), "whoever has the address sees no picture"
    assert not [row for row in Change.objects.all() if "tippicture" in row.table], "in no history"


def test_the_readers_role_cannot_read_pictures_of_tips(people: Any) -> None:
    send(text=SAID, pictures=[photo()])
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('factcheck_readers', 'articles_tippicture', 'SELECT')")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (lambda: [photo(f"{n}.jpg") for n in range(4)], "at most 3 pictures"),
        (lambda: [SimpleUploadedFile("film.mp4", b"\0" * (40 * 1024 * 1024), "video/mp4")], "at most 8 MB"),
        (lambda: [SimpleUploadedFile("a.png", png_header(30_000, 30_000), "image/png")], "too many pixels"),
        (lambda: [SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "not a picture"),
        (lambda: [SimpleUploadedFile("a.gif", _animated(), "image/gif")], "animated"),
        (lambda: [SimpleUploadedFile("a.jpg", photo().read()[:900])], "damaged"),
        (lambda: [photo("dot.jpg", side=20)], "too small"),
    ],
    ids=["four", "video", "megapixels", "svg", "animated", "broken", "tiny"],
)
def test_a_picture_that_is_not_taken_is_explained_and_no_word_is_lost(people: Any, files: Any, complaint: str) -> None:
    answer = send(text=SAID, reason="I was there.", pictures=files())
    assert answer.status_code == 400
    [error] = html.fromstring(answer.content).xpath("//p[@id='pictures-error']")
    assert complaint in error.text_content()
    assert form_of(answer)["text"] == SAID
    assert "I was there." in answer.content.decode()
    assert "Choose the pictures again" in text_of(answer)
    assert not Submission.objects.exists()


def _animated() -> bytes:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("red", "blue")]
    return written(frames[0], "GIF", save_all=True, append_images=frames[1:])


def test_an_upload_beyond_all_limits_is_refused_unread(people: Any, settings: Any) -> None:
    settings.TIP_FORM_MAX_BYTES = 100_000
    assert send(text=SAID, pictures=[SimpleUploadedFile("a.jpg", b"x" * 200_000)]).status_code == 413


@pytest.mark.parametrize(
    ("words", "text", "address"),
    [
        ({"text": "https://elsewhere.example/a"}, "https://elsewhere.example/a", "https://elsewhere.example/a"),
        (
            {"appearance_url": "https://elsewhere.example/a"},
            "https://elsewhere.example/a",
            "https://elsewhere.example/a",
        ),
        ({"text": SAID}, SAID, ""),
    ],
)
def test_a_tip_is_a_text_or_a_link(people: Any, words: dict[str, str], text: str, address: str) -> None:
    assert send(**words).status_code == 303
    row = Submission.objects.get()
    assert (row.text, row.appearance_url) == (text, address)


def test_an_empty_and_a_too_long_tip_are_explained(people: Any) -> None:
    assert "choose a picture" in text_of(send())
    assert "Write what was said in a sentence" in text_of(send(text="https://a.example/ https://b.example/"))
    long = send(text="A word. " * 300)
    assert "at most 2000" in text_of(long)
    assert len(form_of(long)["text"].strip()) == 2399
    assert not html.fromstring(long.content).xpath("//textarea[@name='text']/@maxlength"), "browsers would cut it"


@pytest.mark.parametrize("pasted", ["words", "page"])
def test_a_tip_about_a_checked_claim_is_answered_at_once_with_the_verdict(
    people: Any, settings: Any, pasted: str
) -> None:
    claim = newsroom.published(people, text="The bridge of Lindholm cost 12 million crowns", rating="false")
    typed = claim.text if pasted == "words" else f"{settings.SITE_URL}/claims/{claim.slug}/?utm_source=x"
    client = Client()
    answer = send(client, text=typed)
    [heading] = html.fromstring(answer.content).xpath("//h2[@id='checked']")
    assert " ".join(heading.text_content().split()) == "We have checked this: False"
    assert not Submission.objects.exists()
    assert client.post("/suggest/", form_of(answer)).status_code == 303, "the person may still send it"
    assert Submission.objects.get().shown_claim == claim
    shown = signed_in(people.checker).get(page_of(Submission.objects.get()))
    assert "Shown to the sender" in text_of(shown)


def test_too_many_tips_are_told_to_wait_and_keep_their_words(people: Any, settings: Any) -> None:
    settings.REPORT_RATE = "2/hour"
    answers = [send(text=f"{SAID} in May {n}") for n in range(3)]
    assert [one.status_code for one in answers] == [303, 303, 429]
    assert form_of(answers[-1])["text"] == f"{SAID} in May 2"


def test_the_sender_is_thanked_with_the_newsrooms_promise(people: Any, settings: Any) -> None:
    settings.TIP_PROMISE = {"en": "We answer within three days."}
    sent = send(text=SAID)
    told = text_of(Client().get(sent.headers["Location"]))
    assert "Thank you" in told
    assert "We answer within three days." in told
    assert "three days" not in text_of(Client().get("/tr" + sent.headers["Location"]))


@pytest.mark.parametrize("written_as", ["{0}", " {1} ", "{2}", "{3}"])
def test_a_tip_and_a_report_are_found_by_their_reference(people: Any, now: Any, written_as: str) -> None:
    tip = submissions.receive_from_reader(form="1" * 32, at=now, text=SAID)
    report = reports.receive(form="2", page="/", what="The date is wrong", at=now)
    for row, place in ((tip, "suggestions"), (report, "reports")):
        reference = row.reference
        forms = (
            reference,
            reference.lower(),
            reference.replace("-", ""),
            reference.replace("0", "O").replace("1", "l"),
        )
        answer = Client(enforce_csrf_checks=True).post("/status/", {"reference": written_as.format(*forms)})
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/{place}/{reference}/")
        assert not answer.cookies


def test_an_unknown_reference_has_one_answer_and_guesses_are_limited(people: Any, settings: Any) -> None:
    settings.STATUS_RATE = "3/hour"
    guesses = ("7K3M-9QXR-2FHT-8BVD", "nonsense \x01", "⁂" * 30, "7K3M-9QXR-2FHT-8BVE")
    answers = [Client().post("/status/", {"reference": guess}) for guess in guesses]
    assert [one.status_code for one in answers] == [404, 404, 404, 429]
    assert all("We found nothing with this reference" in text_of(one) for one in answers[:3])
    assert int(answers[3].headers["Retry-After"]) > 0
    assert Client(REMOTE_ADDR="198.51.100.7").post("/status/", {"reference": "\x00"}).status_code == 400


def test_the_desk_sees_and_deletes_pictures_and_nobody_else_does(people: SimpleNamespace) -> None:
    send(text=SAID, pictures=[photo()])
    row = Submission.objects.get()
    client = signed_in(people.checker)
    [source] = html.fromstring(client.get(page_of(row)).content).xpath("//ul[@class='desk-tip-pictures']//img/@src")
    shown = client.get(source)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert client.get(source.replace("/0/", "/7/")).status_code == 404
    assert Client().get(source).status_code == 302, "to the page for signing in"
    delete = source.replace("/0/", "/delete/")
    assert signed_in(people.reporter).post(delete).status_code in (302, 403)
    assert TipPicture.objects.exists()
    client.post(delete, form_of(client.get(delete)))
    assert not TipPicture.objects.exists()


def test_pictures_are_deleted_after_their_time(people: Any) -> None:
    for number in range(3):
        send(text=f"{SAID} in May {number}", pictures=[photo()])
    decided, waiting, _new = Submission.objects.order_by("pk")
    long_ago = timezone.now() - timedelta(days=100)
    submissions.decline(submission=decided, by=people.checker, at=long_ago, note="An opinion.")
    TipPicture.objects.filter(submission=waiting).update(received_at=long_ago)
    call_command("forget_readers")
    assert TipPicture.objects.filter(submission=decided).count() == 0
    assert TipPicture.objects.count() == 2
    call_command("forget_readers", "--days", "40")
    assert [one.submission for one in TipPicture.objects.all()] == [_new]


def test_tip_lines_are_links_with_their_number_in_words(people: Any, settings: Any) -> None:
    assert "from your phone" not in text_of(Client().get("/suggest/"))
    settings.TIP_LINES = {"whatsapp": "+44 20 7946 0000", "telegram": "@lindholm_tips", "signal": "+44 20 7946 0001"}
    page = html.fromstring(Client().get("/suggest/").content)
    found = {link.text_content(): link.get("href") for link in page.xpath("//section[@aria-labelledby='lines']//a")}
    assert found == {
        "+44 20 7946 0000": "https://wa.me/442079460000",
        "@lindholm_tips": "https://t.me/lindholm_tips",
        "+44 20 7946 0001": "https://signal.me/#p/+442079460001",
    }


@pytest.mark.parametrize("lines", [{"viber": "+44 20 7946 0000"}, {"whatsapp": "020 7946"}, {"telegram": "a b"}])
def test_a_tip_line_that_is_no_number_stops_the_start(lines: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="TIP_LINES"):
        tip_lines.checked(lines)


def test_the_sender_gets_one_email_with_the_answer_and_is_forgotten(people: Any, now: Any) -> None:
    send(text=SAID, email="Reader@Bücher.example")
    row = Submission.objects.get()
    assert "reader" not in str(row.__dict__).lower().replace("'from': 'reader'", "")
    desk = signed_in(people.checker)
    assert "The sender gets one when it is decided" in text_of(desk.get(page_of(row)))
    assert (answers.send_due(at=now), Message.objects.count()) == (0, 0)
    submissions.decline(submission=row, by=people.checker, at=now, note="An opinion, not a claim.")
    assert [answers.send_due(at=now) for _again in range(2)] == [1, 0]
    letter = Message.objects.get()
    assert letter.to == "Reader@xn--bcher-kva.example"
    assert "An opinion, not a claim." in letter.text
    assert f"/suggestions/{row.reference}/" in letter.text
    assert SAID not in letter.text, "anybody may have typed this address"
    Message.objects.update(sent_at=now)
    answers.send_due(at=now)
    assert (AnswerRequest.objects.count(), Message.objects.count()) == (0, 0)


def test_a_published_claim_is_told_with_its_verdict_in_the_readers_language(people: Any, now: Any) -> None:
    tip = submissions.receive_from_reader(form="1", at=now, text="The bridge cost 12 million")
    answers.ask(email="r@mail.example", reference=tip.reference, language="tr", at=now)
    claim = newsroom.published(people, text="The bridge of Lindholm cost 12 million crowns", rating="false")
    submissions.mark_duplicate(submission=tip, claim=claim, by=people.checker, at=now)
    assert answers.send_due(at=now) == 1
    text = Message.objects.get().text
    assert "Yanlış" in text
    assert f"/tr/claims/{claim.slug}/" in text or f"/claims/{claim.slug}/" in text


def test_an_address_waits_for_few_answers_and_is_erased_undecided(people: Any, now: Any, settings: Any) -> None:
    for number in range(5):
        tip = submissions.receive_from_reader(form=str(number), at=now, text=f"The ferry made {number}0 trips")
        answers.ask(email="victim@mail.example", reference=tip.reference, language="en", at=now)
    assert AnswerRequest.objects.count() == 3
    answers.send_due(at=now + timedelta(days=181))
    assert not AnswerRequest.objects.exists()
    settings.FOLLOW_BY_EMAIL = False
    assert "email" not in form_of(Client().get("/suggest/"))
