"""The partner's verifier against a running site: it follows the log, and notices when that was rewritten."""

import subprocess
import sys
from pathlib import Path

import pytest

from articles.services.log import checkpoints
from lib.transparency import signed_notes
from tests import newsroom

SCRIPT = Path(__file__).parents[2] / "tools" / "verify_proof.py"


@pytest.mark.django_db(transaction=True, databases=["default", "readers"])
def test_the_verify_script_follows_a_site_and_reports_a_rewritten_log(people, signer, live_server, settings, tmp_path):
    first = newsroom.published(people)
    note = checkpoints.current().note
    (tmp_path / "kept").write_text(note, encoding="utf-8")
    newsroom.take(first, "retract", people.editor, comment="We misread it.")
    newsroom.published(people)

    def follow(kept):
        command = [sys.executable, "-S", "-I", str(SCRIPT), "--key", signer.verifier_key(), "--url", live_server.url]
        command += ["--since", str(kept), "--save", str(tmp_path / "new")]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.returncode, done.stdout

    code, said = follow(tmp_path / "kept")
    assert code == 0, said
    assert "with 3 records; it contains the log of 1 records that was kept, and grew by 2" in said
    assert (tmp_path / "new").read_text(encoding="utf-8").splitlines()[1] == "3"
    other_tree = signed_notes.sign(signed_notes.checkpoint(settings.LOG_ORIGIN, 1, bytes(32)), [signer])
    (tmp_path / "kept").write_text(other_tree, encoding="utf-8")
    code, said = follow(tmp_path / "kept")
    assert (code, "the log was rewritten" in said) == (1, True)
