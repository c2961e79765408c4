"""The people a text has named so far: a surname alone is resolved to the full name, "he" to the last speaker."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from lib.checkworthy.names import Named


@dataclass(slots=True)
class Memory:
    """Who has spoken, and every full name by its surname. Two people with one surname are never told apart by it."""

    paragraph: int = -1
    person: Named | None = None
    other: Named | None = None
    subject: Named | None = None
    by_surname: dict[str, list[Named]] = field(default_factory=dict)

    def enter(self, paragraph: int) -> None:
        """A new paragraph: an organisation is forgotten, a person is still "he" or "she" in the next one."""
        if paragraph != self.paragraph:
            if paragraph > self.paragraph + 3:
                self.person = None
            self.paragraph, self.other, self.subject = paragraph, None, None

    def note(self, names: Iterable[str]) -> None:
        """Full names that a sentence mentions, whether their bearers speak or not."""
        for name in names:
            self._add(Named(name))

    def resolve(self, named: Named, *, sure: bool) -> Named | None:
        """The speaker with the full name. ``None`` for a surname that nobody or more than one person has.

        ``sure``: a title or an office stands before the name, so that a surname nobody has had yet is still a name.
        """
        words = named.name.split()
        known = self.by_surname.get(_surname(named.name), [])
        if named.is_person and len(words) == 1:
            if len(known) == 1:
                return replace(known[0], role=named.role or known[0].role)
            return named if sure and not known else None
        same = [each for each in known if _is_same_person(each.name, named.name)]
        if named.is_person and len(same) == 1 and not named.role:
            return replace(named, role=same[0].role)
        return named

    def knows(self, surname: str) -> bool:
        """Whether the text has named somebody with this surname."""
        return surname.casefold() in self.by_surname

    def keep(self, named: Named) -> Named:
        """Remember a speaker, for the pronouns and surnames that follow."""
        if named.is_person:
            self._add(named)
            self.person = named
        else:
            self.other = named
        return named

    def forget_person(self, mentioned: Iterable[str]) -> None:
        """Somebody else was mentioned since the last speaker: "he" may now be either of them."""
        person = self.person
        if person and any(not _is_same_person(name, person.name) for name in mentioned):
            self.person = None

    def _add(self, named: Named) -> None:
        if len(named.name.split()) < 2:
            return
        known = self.by_surname.setdefault(_surname(named.name), [])
        for index, each in enumerate(known):
            if _is_same_person(each.name, named.name):
                if named.role or len(named.name) > len(each.name):
                    known[index] = replace(named, role=named.role or each.role)
                return
        if len(known) < 2:  # two are enough to be ambiguous
            known.append(named)


def _surname(name: str) -> str:
    return name.split()[-1].casefold()


def _is_same_person(one: str, other: str) -> bool:
    """Whether one name's words are all among the other's: "Hal Oberg" and "Hal J. Oberg"."""
    mine, theirs = set(one.casefold().split()), set(other.casefold().split())
    return mine <= theirs or theirs <= mine
