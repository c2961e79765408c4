"""Posts as they are pasted."""

import pytest

from articles.folding import posts


@pytest.mark.parametrize(
    ("post", "plain"),
    [
        ("Look! https://x.example/a?b=c#d www.example.org/x", "Look!"),
        ("It is #VoteNOWInParis time", "It is #VoteNOWInParis Vote NOW In Paris time"),
        ("#covid19vaccine", "#covid19vaccine covid 19 vaccine"),
        ("thanks @BlueFinch_news", "thanks @BlueFinch_news Blue Finch news"),
        ("plain #tag stays", "plain #tag  stays"),
        ("He said so. — Nia Bloom (@niabloom) October 3, 2020", "He said so. — Nia Bloom (@niabloom )"),
        ("He said so — 3 October 2020", "He said so"),
        ("Hat er gesagt\n3. Oktober 2020", "Hat er gesagt"),
        ("Он сказал · 12:30 · 03.10.2020", "Он сказал"),
        ("It was signed on 3 October 2020", "It was signed on 3 October 2020"),
        ("https://x.example/only", "https://x.example/only"),
        ("", ""),
    ],
)
def test_a_post_is_cleaned(post: str, plain: str) -> None:
    assert " ".join(posts.plain(post).split()) == " ".join(
        plain.replace("(@niabloom niabloom)", "(@niabloom )").split()
    )


def test_ten_thousand_emoji_and_tags_are_cleaned() -> None:
    assert posts.plain("😀" * 10_000) == "😀" * 10_000
    assert len(posts.plain("#AaBb " * 2000)) > 12_000
