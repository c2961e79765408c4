"""``import_article``: a file becomes an article, or one sentence says why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from articles.models import Article, ArticleVersion, Change

pytestmark = pytest.mark.django_db

TEXT = "The mayor opened the bridge.\n\nIt cost 12 million crowns.\n"


def run(path, **options):
    """Run the command; returns what it printed on both streams."""
    out, err = StringIO(), StringIO()
    call_command("import_article", str(path), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def brought_in():
    """What the history says of articles."""
    return Change.objects.filter(table__startswith="articles_article")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "bridge.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_import_article_prints_the_id_alone_on_the_first_line(file):
    out, err = run(
        file,
        title="A bridge",
        publisher="Herald",
        url="https://herald.example/1",
        published_on="2020-11-16",
        language="en",
        author=["A. Berg", "B. Dahl"],
    )
    article = Article.objects.get()
    assert out == f"{article.pk}\n"
    assert err == ""
    assert (article.title, article.publisher, article.language) == ("A bridge", "Herald", "en")
    assert (article.url, str(article.published_on)) == ("https://herald.example/1", "2020-11-16")
    assert article.authors == ["A. Berg", "B. Dahl"]
    assert article.current_version().body == TEXT


def test_importing_the_same_file_twice_makes_one_article(file):
    first, _ = run(file, title="A bridge")
    changes = Change.objects.count()
    second, err = run(file, title="Another title")
    assert second == first
    assert "there already, as “A bridge”" in err
    assert Article.objects.count() == ArticleVersion.objects.count() == 1
    assert Change.objects.count() == changes


def test_importing_a_new_text_of_a_known_url_makes_its_next_version(file):
    first, _ = run(file, url="https://herald.example/1")
    file.write_text(TEXT + "Updated on Tuesday.\n", encoding="utf-8")
    second, err = run(file, url="https://herald.example/1")
    assert second == first
    assert "this is its text 2" in err


def test_options_that_are_not_given_are_read_from_the_file(tmp_path):
    page = tmp_path / "page.html"
    body = "".join(f"<p>The bridge of Lindholm has {n} arches and was painted in the year {n}.</p>" for n in range(9))
    page.write_text(
        f"<html lang='sv'><head><title>A bridge in spring</title></head><body><article>{body}</article></body></html>",
        encoding="utf-8",
    )
    run(page)
    article = Article.objects.get()
    assert (article.title, article.language) == ("A bridge in spring", "sv")


def test_markdown_is_imported_as_plain_text(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A bridge\n\nIt cost **12 million** crowns.\n", encoding="utf-8")
    run(page)
    assert Article.objects.get().current_version().body == "A bridge\n\nIt cost 12 million crowns.\n"


def test_the_history_names_the_user_who_imported_the_article(file, people):
    run(file, by="reporter")
    assert set(brought_in().values_list("actor", "surface")) == {(people.reporter.pk, "command")}


def test_without_a_user_the_import_is_by_a_user_who_cannot_sign_in(file, client):
    run(file)
    user = User.objects.get(username="import")
    assert set(brought_in().values_list("actor", flat=True)) == {user.pk}
    assert not user.has_usable_password()
    assert not user.is_staff
    assert not client.login(username="import", password="")


def test_a_person_whose_user_name_is_import_is_not_named_as_importer(file):
    User.objects.create_user("import", password="something-long-enough")
    with pytest.raises(CommandError, match=r"Say who brings it in \(--by\)"):
        run(file)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty."),
        (b" \n\t\n", "This file is empty."),
        (b"\x7fELF" + bytes(range(32)) * 40, "like a program's file|not a text file"),
        ("Éric a dit".encode("latin-1"), "not a text file in UTF-8"),
        (b"x" * (5 * 1024 * 1024 + 1), "larger than 5 MB"),
    ],
    ids=["empty", "blank", "binary", "encoding", "too large"],
)
def test_a_file_that_is_no_article_is_refused(tmp_path, data, sentence):
    path = tmp_path / "file.txt"
    path.write_bytes(data)
    with pytest.raises(CommandError, match=sentence) as refusal:
        run(path)
    assert refusal.value.returncode == 1
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"published_on": "16.11.2020"}, "--published-on: 16.11.2020 is no date"),
        ({"published_on": "2020-02-30"}, "--published-on: 2020-02-30 is no date"),
        ({"url": "javascript:alert(1)"}, "--url: Enter a full address that starts with http:// or https://"),
        ({"url": "ftp://herald.example/1"}, "--url: Enter a full address"),
        ({"language": "english"}, "--language: Enter a language tag such as en"),
        ({"title": "x" * 301}, "--title: .*300"),
        ({"title": "half \ud800"}, "characters that cannot be stored"),
        ({"author": ["x" * 121]}, "--authors: .*120"),
        ({"by": "nobody"}, "--by: there is nobody called nobody"),
        ({"by": "half \ud800"}, "characters that cannot be stored"),
    ],
)
def test_a_bad_option_is_named_and_nothing_is_stored(file, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(file, **options)
    assert not Article.objects.exists()


def test_importing_as_a_user_without_the_permission_is_refused(file, db):
    User.objects.create_user("visitor")
    with pytest.raises(CommandError, match="You do not have permission to import articles"):
        run(file, by="visitor")


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path, name):
    with pytest.raises(CommandError, match=r"cannot be read: (no such file|is a directory)"):
        run(tmp_path / name)


def test_an_endless_device_file_is_refused_after_the_size_limit():
    with pytest.raises(CommandError, match="larger than 5 MB"):
        run("/dev/zero")
