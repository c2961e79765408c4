"""A newsroom's own folder takes the place of logo, variables and templates (docs/theming.md)."""

import os
import subprocess
import sys
from pathlib import Path

from readers.http import theme

ROOT = Path(__file__).parents[2]
RENDER = """
import django; django.setup()
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from readers.http import page_names
parts = render_to_string("readers/404.html"), finders.find("factcheck/theme.css"), page_names.template_fingerprint()
print(*parts, sep="\\n@@\\n")
"""


def _rendered(theme):
    environment = {**os.environ, "DEBUG": "1", "DJANGO_SETTINGS_MODULE": "factcheck.settings", "THEME_DIR": str(theme)}
    done = subprocess.run([sys.executable, "-c", RENDER], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().split("\n@@\n")


def test_a_theme_takes_effect_and_changes_what_pages_are_named_by(tmp_path):
    css, logo = tmp_path / "static/factcheck/theme.css", tmp_path / "templates/readers/parts/logo.html"
    for file, text in ((css, ":root { --accent: red; }"), (logo, "<b>The Lindholm Post</b>")):
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    page, found, build = _rendered(tmp_path)
    assert "<b>The Lindholm Post</b>" in page
    assert page.index("factcheck/site.css") < page.index("factcheck/theme.css"), "read after ours"
    assert found == str(css)
    css.write_text(":root { --accent: blue; }", encoding="utf-8")
    assert _rendered(tmp_path)[2] != build


def test_an_empty_theme_folder_changes_nothing(tmp_path):
    page, found, _build = _rendered(tmp_path)
    assert "theme.css" not in page
    assert found == "None"


def test_a_template_of_the_first_edition_is_named_with_its_new_place(tmp_path):
    for old in ("public/parts/logo.html", "expert/claim.html"):
        file = tmp_path / "templates" / old
        file.parent.mkdir(parents=True)
        file.write_text("ours", encoding="utf-8")
    environment = {**os.environ, "DEBUG": "1", "THEME_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode != 0
    for old, new in (
        ("public/parts/logo.html", "readers/parts/logo.html"),
        ("expert/claim.html", "readers/expert/claim.html"),
    ):
        assert f"{tmp_path}/templates/{old}" in done.stderr
        assert f"{tmp_path}/templates/{new}" in done.stderr


def test_each_template_of_the_first_edition_has_a_place_that_exists():
    templates = ROOT / "templates"
    assert [new for new in theme.MOVED.values() if not (templates / new).is_file()] == []
