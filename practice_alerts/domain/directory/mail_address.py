"""What a mail address is: the same where one is entered, where one is typed to sign in, and in a letter."""

import re
import unicodedata

LONGEST = 254  # characters, RFC 5321

_LONGEST_LOCAL = 64
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[^\W_](?:(?:[^\W_]|-){0,61}[^\W_])?"
_ADDRESS = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>{_LABEL}(?:\.{_LABEL})*)")
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u2032\u00b4`](?=.*@)")
_IN_BRACKETS = re.compile(
    r"[^<>]*<(?P<angle>[^<>]+)>[\s,;.]*"
    r"|[^()@]*\((?P<round>[^()]+)\)[\s,;.]*"
    r"|\[(?P<square>[^\[\]]+)\][\s,;.]*"
)
_BEFORE = re.compile(r"(?:mailto:(?://)?|smtp:|e-?mail(?: address)?:)\s*", re.IGNORECASE)
_QUOTES = re.compile("[\"'\u2018\u2019\u201c\u201d](.*)[\"'\u2018\u2019\u201c\u201d]")
_AFTER = " \t\r\n\u00a0,;.:!?\u2026"


def tidied(typed: str) -> str:
    """Without what copying leaves around it: blanks, mailto:, brackets with a name before, a comma at the end."""
    seen = (one for one in typed if unicodedata.category(one) != "Cf" or one == "\u00ad")
    text = "".join(seen).strip().rstrip(_AFTER)
    if found := _IN_BRACKETS.fullmatch(text):
        text = (found["angle"] or found["round"] or found["square"]).strip()
    if found := _BEFORE.match(text):
        text = text[found.end() :].partition("?")[0]
    if found := _QUOTES.fullmatch(text):
        text = found[1].strip()
    return text.rstrip(_AFTER)


def domain_of(mail: str) -> str:
    return mail.strip().rpartition("@")[2].lower()


def is_address(mail: str) -> bool:
    """Whether a letter could go there, as far as its look can tell."""
    found = _ADDRESS.fullmatch(mail)
    if (
        found is None
        or unicodedata.normalize("NFKC", mail) != mail
        or len(mail) > LONGEST
        or len(found["local"]) > _LONGEST_LOCAL
    ):
        return False
    domain = found["domain"].lower()
    if domain.rpartition(".")[2].isdigit():
        return False
    try:
        there = domain.encode("idna").decode("idna")
    except UnicodeError:
        return False
    return domain.isascii() or there == domain  # \u00df would lead to somebody else's domain


def why_none(mail: str, for_example: str) -> str:
    """What to do about what is no address, in a sentence or two."""
    if _APOSTROPHES.search(mail):
        return f'"{mail}" is no mail address. Type the straight apostrophe (\') in it.'
    return f'"{mail}" is no mail address. Write it as {for_example}.'
