"""``make walk-desk`` opens each dialog of the desk."""

import re
from pathlib import Path

from bench.walk_desk.stops import stops

ROOT = Path(__file__).parents[2]
#: Opens where two claims are marked in the same words; the demo has none. tests/desk/passages looks at it.
ELSEWHERE = {"mark-chooser"}


def test_each_dialog_of_the_desk_is_a_stop(demo: None) -> None:
    templates = [*ROOT.glob("templates/desk/**/*.html"), *ROOT.glob("templates/unfold/**/*.html")]
    text = "".join(path.read_text() for path in templates)
    dialogs = {id_ for tag in re.findall(r"<dialog\b[^>]*>", text) for id_ in re.findall(r'\bid="([^"]+)"', tag)}
    opened = {found[1] for stop in stops() if (found := re.fullmatch(r"#([\w-]+)\[open\]", stop.waits_for))}
    assert dialogs - opened == ELSEWHERE
