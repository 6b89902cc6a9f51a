"""Initials of somebody in a line: R.M., R M, RM's. What the trade shortens itself is left alone."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

_APART: Final = re.compile(r"(?<!\w)[^\W\d_](?:[.\s-]{1,2}[^\W\d_](?!\w)){1,4}\.?")
"""R.M., R. M., R M and R-M: letters that stand alone, as nobody writes an abbreviation of a thing."""
_AS_ONE: Final = re.compile(r"(?<!\w)([^\W\d_]{2}|[A-Z]{2,5})(?=(?:'?s|')?(?!\w))")
"""RM, RM's, RMs; two letters also without capitals, since a line is typed in haste."""
_MOST: Final = 5
"""So many are ever found in a line."""
_PARTS: Final = re.compile(r"[^\W\d_]+")
_IN_ONE_WORD: Final = re.compile(r"(?<=^mc)(?=.)|(?<=^mac)(?=..)|['-]")
_POST: Final = (
    "chair director duty head manager nurse officer school service services social team the worker"
)
_NO_NAMES: Final = frozenset(_POST.split())
"""A post that was typed where a person is asked for has no initials."""

_WORDS: Final = (
    "am an as at be by do eg go he hi ie if in is it me my no of ok on or oh re so to up us vs we"
    " all and any are bed boy but can day did due few for get had has her him his how its lac law"
    " let man may met new not now off old one our out own pay per ran sat saw say see set she six"
    " son ten the too two was way who why yet you"
)
_TRADE: Final = (
    "ad asd atm bp ca caf camhs cbt ccg ce chc cin cla co cp cpc cpcc cqc cs csa csc cse dcs dna"
    " dols dr drp ds dsl dv edt eet eh ehc ehcp epo fgc fgm fs gcse gp hmp hos hr hv iro icb icpc"
    " ics iha isa isw it la lac lado lc lgo lpm lscb lscp mapp marac mash mh mp mr mrs ms ncr neet"
    " nfa nhs nrpf ofr op ot pa pc pep pi pip plo pm po ppo qa qas rcpc rha ro salt scr scs sdq se"
    " sen senco send sgo si sm so ssw st stc sw tac taf tm tv uasc uk vs yos yot yr"
)
_NO_INITIALS: Final = frozenset((*_WORDS.split(), *_TRADE.split()))
_ALONE: Final = frozenset({"am", "eg", "ie", "nb", "pm", "ps"})
"""What is shortened with dots by everybody."""


def initials_in(text: str, names: Iterable[str]) -> str:
    """The first initials in the text that are those of one of these people, as they were typed; or empty."""
    whose = frozenset().union(*map(_initials_of, names))
    return next((typed for typed, short in _short_in(text) if short in whose), "") if whose else ""


def may_be_initials(text: str) -> Iterator[str]:
    """What in it could be somebody's, whoever that is, as it was typed; two letters only as capitals."""
    for typed, short in _short_in(text):
        if typed.isupper() and short not in _NO_INITIALS:
            yield typed


def _short_in(text: str) -> Iterator[tuple[str, str]]:
    seen = _without_accents(text.replace("\u2019", "'"))
    for found in _APART.finditer(seen):
        short = "".join(_PARTS.findall(found[0])).casefold()
        if short not in _ALONE:
            yield found[0].strip(), short
    for found in _AS_ONE.finditer(seen):
        if (short := found[0].casefold()) not in _NO_INITIALS:
            yield found[0], short


@lru_cache(maxsize=4096)
def _initials_of(name: str) -> frozenset[str]:
    """Of all the names of a name, of neighbours among them, and of the first with the last."""
    plain = _without_accents(name.replace("\u2019", "'")).casefold()
    last, _, first = plain.partition(",")
    words = [*first.split(), *last.split()]
    if any(map(str.isdigit, plain)) or _NO_NAMES & set(words):
        return frozenset()
    finer = [part for word in words for part in _IN_ONE_WORD.split(word)]
    return frozenset((*_of(words), *_of(finer)))


def _of(words: Sequence[str]) -> Iterator[str]:
    firsts = [found[0][0] for word in words if (found := _PARTS.search(word))]
    for begin in range(len(firsts)):
        for end in range(begin + 2, min(begin + _MOST, len(firsts)) + 1):
            yield "".join(firsts[begin:end])
    if len(firsts) > 1:
        yield firsts[0] + firsts[-1]


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text)
    return "".join(one for one in apart if unicodedata.category(one) not in {"Mn", "Cf"})
