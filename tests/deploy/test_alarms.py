"""The ten alarms: the rules of Prometheus and the runbook say the same, of metrics that there are."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from factcheck.backups import last_backup
from factcheck.insight import counters
from jobs.models import JobRun, Outcome
from tests.factcheck.test_replicas import here

ROOT = Path(__file__).parents[2]
RUNBOOK = (ROOT / "docs/runbook.md").read_text(encoding="utf-8")
PROMTOOL = shutil.which("promtool")
TOKEN = "a-token-of-the-monitoring"
_SECTION = re.compile(r"^## (\w+)\n\n```promql\n(.*?)\n```\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((ROOT / "deploy/prometheus-rules.yml").read_text(encoding="utf-8"))["groups"]
    found: list[dict[str, Any]] = group["rules"]
    return found


def test_the_runbook_has_the_same_ten_alarms() -> None:
    written = {name: " ".join(expression.split()) for name, expression, _text in _SECTION.findall(RUNBOOK)}
    assert {rule["alert"]: " ".join(rule["expr"].split()) for rule in rules()} == written
    assert list(written) == [rule["alert"] for rule in rules()]
    assert len(written) == 10


def test_each_alarm_says_what_it_means_where_to_look_and_what_to_do() -> None:
    for name, _expression, text in _SECTION.findall(RUNBOOK):
        assert re.findall(r"^\*\*(\w+)\.\*\* \S", text, re.MULTILINE) == ["Means", "Look", "Do"], name
    for rule in rules():
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert rule["annotations"]["summary"].endswith((".", "}}"))


@pytest.mark.skipif(PROMTOOL is None, reason="promtool (Debian: prometheus) is not installed")
def test_each_alarm_rings_when_it_should() -> None:
    cases = ROOT / "tests/deploy/alarm_cases.yml"
    run = subprocess.run([str(PROMTOOL), "test", "rules", str(cases)], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.django_db(databases=["default", "readers"])
def test_each_metric_of_a_rule_is_there_with_its_labels(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR, settings.METRICS_TOKEN, settings.HAS_METRICS = tmp_path, TOKEN, True
    monkeypatch.setattr(counters, "COUNTERS", counters.Counters())
    monkeypatch.setitem(settings.DATABASES["default"], "CANDIDATES", [here(), here()])
    now = timezone.now()
    JobRun.objects.create(name="verify_log", started_at=now, ended_at=now, outcome=Outcome.SUCCEEDED)
    last_backup.note(now.isoformat())
    client = Client()
    for _ in range(2):
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    there: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(answer.content.decode()):
        for sample in family.samples:
            there.setdefault(sample.name, set()).update(sample.labels)
    for rule in rules():
        found = re.findall(r"(factcheck_\w+)(?:\{([^}]*)\})?", rule["expr"])
        assert found, rule["alert"]
        for name, matchers in found:
            assert name in there, f"{rule['alert']}: {name}"
            labels = set(re.findall(r"(\w+)(?:=~|!~|!=|=)", matchers))
            assert not {"job", "instance"} & there[name], f"Prometheus sets these labels itself: {name}"
            assert labels <= there[name], f"{rule['alert']}: {name} has no {labels - there[name]}"
