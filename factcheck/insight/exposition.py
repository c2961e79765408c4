"""The text format of Prometheus, version 0.0.4."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ESCAPED: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})


@dataclass(slots=True)
class Metric:
    """A metric with its samples. ``kind`` is counter, gauge or histogram; ``about`` one line for people."""

    name: str
    kind: str
    about: str
    samples: list[str] = field(default_factory=list)

    def add(self, value: float, labels: Mapping[str, str] | None = None, *, suffix: str = "") -> None:
        """Add a sample; ``suffix`` is for the parts of a histogram."""
        given = ",".join(f'{name}="{text.translate(_ESCAPED)}"' for name, text in (labels or {}).items())
        self.samples.append(
            f"{self.name}{suffix}{{{given}}} {_number(value)}" if given else f"{self.name}{suffix} {_number(value)}"
        )

    def text(self) -> str:
        """Its lines; none without a sample, because nothing is known then."""
        if not self.samples:
            return ""
        return "\n".join([f"# HELP {self.name} {self.about}", f"# TYPE {self.name} {self.kind}", *self.samples, ""])


def page(metrics: Iterable[Metric]) -> str:
    """The text of all of them."""
    return "".join(metric.text() for metric in metrics)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
