"""What goes on naming a claimant or an outlet after the attribution of a claim is withdrawn."""

from dataclasses import dataclass

from articles import folding
from articles.models import PublishedClaim


@dataclass(frozen=True, slots=True)
class Remains:
    """The names that stand in the statement itself, and the published translations, each with its own attribution."""

    names: list[str]
    translations: list[PublishedClaim]


def remains(face: PublishedClaim) -> Remains:
    """What a retraction of ``face`` does not reach, with its record as readers have it now."""
    document = face.record.document()
    claimant = document["claim"]["claimant"]
    names = [claimant["name"]] if claimant else []
    names += [one["article"]["publisher"] for one in document["appearances"]]
    stated = f" {' '.join(folding.words(face.text))} "
    found = [name for name in dict.fromkeys(names) if name and f" {' '.join(folding.words(name))} " in stated]
    translations = PublishedClaim.objects.not_retracted().filter(original_id=face.pk).order_by("language")
    return Remains(found, list(translations))
