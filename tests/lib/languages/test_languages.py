"""Languages of short texts: the right one, or an honest "not sure"."""

import pytest

from lib import languages

SENTENCES = {
    "az": "Nazirlik bildirib ki, yeni yolun uzunluğu on iki kilometrdir və o, payızda açılacaq.",
    "tr": "Bakanlık, yeni yolun on iki kilometre uzunluğunda olduğunu ve sonbaharda açılacağını söyledi.",
    "es": "El ministerio dijo que la nueva carretera mide doce kilómetros y se abrirá en otoño.",
    "de": "Das Ministerium teilte mit, die neue Straße sei zwölf Kilometer lang und werde im Herbst eröffnet.",
    "ru": "Министерство сообщило, что длина новой дороги двенадцать километров и её откроют осенью.",
    "uk": "Міністерство повідомило, що довжина нової дороги дванадцять кілометрів і її відкриють восени.",
    "hy": "Նախարարությունը հայտնեց, որ նոր ճանապարհի երկարությունը տասներկու կիլոմետր է։",
    "ar": "قالت الوزارة إن طول الطريق الجديد اثنا عشر كيلومترا وسيفتتح في الخريف.",
    "fa": "وزارتخانه گفت که طول جاده جدید دوازده کیلومتر است و پاییز باز می‌شود.",
    "zh": "该部表示,新公路长十二公里,将于秋季开通。",
    "ja": "同省は、新しい道路は全長十二キロで、秋に開通すると述べた。",
    "en": "The ministry said that the new road is twelve kilometres long and will open in autumn.",
    "fr": "Le ministère a déclaré que la nouvelle route mesure douze kilomètres et ouvrira à l'automne.",
    "pt": "O ministério disse que a nova estrada tem doze quilómetros e abrirá no outono.",
}


def test_one_sentence_is_enough_for_each_language() -> None:
    assert {tag: languages.detect(text) for tag, text in SENTENCES.items()} == {
        tag: languages.Guess(tag, is_sure=True) for tag in SENTENCES
    }


@pytest.mark.parametrize("text", ["", "12", "OK", "1,2 / 3.4 %", "Kalbajar", "👍👍👍"])
def test_too_little_text_is_never_sure(text: str) -> None:
    assert not languages.detect(text).is_sure


def test_a_declared_language_is_contradicted_only_by_a_sure_one() -> None:
    assert languages.contradicts("en", SENTENCES["ar"]) == "ar"
    assert languages.contradicts("en-GB", SENTENCES["en"]) == ""
    assert (
        languages.contradicts("nb", "Departementet sier at den nye veien er tolv kilometer lang og åpner til høsten.")
        == ""
    )
    assert languages.contradicts("en", "Kalbajar 2020") == ""
