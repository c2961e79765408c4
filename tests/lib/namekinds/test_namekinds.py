"""The kind that a name suggests, in several languages; unknown stays empty."""

import pytest

from lib import namekinds

PERSONS = [
    *("Ingrid Sundqvist", "Ayşe Öztürk", "Jean-Luc de Vries", "Марина Ковалёва", "Արամ Պետրոսյան", "Leyla Məmmədova"),
    *("Dr. Quill", "J. K. Marlow", "Ludwig van der Berg", "الدكتور سامي حداد", "İlham Quliyev", "Siobhán O’Keeffe"),
]
GOVERNMENT = [
    *("Ministry of Health", "Министерство обороны", "Bundesfinanzministerium", "Sağlık Bakanlığı", "وزارة الصحة"),
    *("Səhiyyə Nazirliyi", "Ministère de la Santé", "City of Lindholm", "Department of Transport", "Lindholm Police"),
    *("Առողջապահության նախարարություն", "Stadt Lindholm", "Ankara Büyükşehir Belediyesi", "Правительство России"),
]
OUTLETS = [
    "Lindholm Herald",
    "BBC",
    "ТАСС",
    "Neue Lindholmer Zeitung",
    "Radio Lindholm",
    "صحيفة النهار",
    "Azadlıq qəzeti",
]
ORGANISATIONS = [
    *("WHO", "NATO", "Lindholm University", "Nordkabel GmbH", "Acme Inc.", "ООО Ромашка", "Boğaziçi Üniversitesi"),
    *("جامعة القاهرة", "World Health Organization", "United Nations", "Deutscher Wetterverband", "Ziraat Bankası"),
    *("Партия труда", "Երևանի պետական համալսարան", "British Red Cross", "Kapital Bankı"),
]
UNKNOWN = [
    *("", " ", "Ingrid", "سامي حداد", "田中太郎", "The mayor", "United States", "New York", "a neighbour", "42"),
    *("INGRID SUNDQVIST", "Hotel 5 Lindholm", "Amnesty International", "residents of Lindholm"),
]


@pytest.mark.parametrize("name", PERSONS)
def test_a_name_of_a_person_suggests_a_person(name: str) -> None:
    assert namekinds.suggest(name) == "person"


@pytest.mark.parametrize("name", GOVERNMENT)
def test_a_name_of_a_public_body_suggests_government(name: str) -> None:
    assert namekinds.suggest(name) == "government"


@pytest.mark.parametrize("name", OUTLETS)
def test_a_name_of_a_medium_suggests_an_outlet(name: str) -> None:
    assert namekinds.suggest(name) == "outlet"


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_a_name_of_a_body_suggests_an_organisation(name: str) -> None:
    assert namekinds.suggest(name) == "organisation"


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_name_that_does_not_tell_suggests_nothing(name: str) -> None:
    assert namekinds.suggest(name) == ""
