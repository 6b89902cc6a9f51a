"""A disclosure that was issued, as files: a Word document to read, and JSON for a program."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from practice_alerts.adapters.documents import as_printed, parts_digest
from practice_alerts.adapters.documents.bundle_pages import BundleTexts, bundle_pages
from practice_alerts.adapters.documents.plain_document import Margins
from practice_alerts.casework.disclosure.disclose import PreparedDisclosure, handed_to, look
from practice_alerts.casework.documents.render import Document
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.dates import LONDON, in_full
from practice_alerts.domain.directory.office_permissions import COMMAND_LINE
from practice_alerts.domain.disclosure.bundle import BundleAlert, BundleEntry, without_kept_back
from practice_alerts.domain.disclosure.disclosed import ChainCertificate
from practice_alerts.domain.disclosure.requesters import IN_WORDS, REQUESTERS, left_out
from practice_alerts.domain.errors import NotPossible
from practice_alerts.domain.text import capital, joined
from practice_alerts.office import Office


def word_bundle(office: Office, by: Actor, prepared: PreparedDisclosure) -> Document:
    """To be read and printed; that this person took it away is recorded with each alert in it."""
    body = _word(prepared)
    handed_to(office, by, prepared, parts_digest(body))
    return Document(f"disclosure-{prepared.disclosure.number}.docx", body)


def json_bundle(office: Office, by: Actor, prepared: PreparedDisclosure) -> Document:
    """The same for a program; it bears the digest of the Word document."""
    return _json(office, by, prepared, parts_digest(_word(prepared)))


def _json(office: Office, by: Actor, prepared: PreparedDisclosure, digest: str) -> Document:
    body = json.dumps(_plain(prepared, digest), indent=2, ensure_ascii=False)
    handed_to(office, by, prepared, digest)
    return Document(f"disclosure-{prepared.disclosure.number}.json", as_printed(body).encode())


def for_command(office: Office, council: str, number: int) -> tuple[Document, Document]:
    """Both, for whoever may run commands: what two people have issued, and nothing of it that is not everybody's."""
    by = replace(COMMAND_LINE, council=council)
    found = look(office, by, number)
    word = word_bundle(office, by, found)
    return word, _json(office, by, found, parts_digest(word.body))


def _certificate(prepared: PreparedDisclosure) -> ChainCertificate:
    """Raises NotPossible for one that nobody has issued."""
    if prepared.disclosure.issued is None:
        raise NotPossible(
            "It is not issued yet: somebody who did not prepare it looks at it first."
        )
    return prepared.disclosure.issued.certificate


def _word(prepared: PreparedDisclosure) -> bytes:
    one, certificate = prepared.disclosure, _certificate(prepared)
    day = in_full(one.begun.as_of)
    texts = BundleTexts(
        title=f"Everything about {one.begun.meant.called}",
        margins=Margins(
            left=prepared.council,
            right=f"For: {one.begun.requester.words}",
            foot=f"Disclosure {one.number}, as it stood on {day}",
        ),
        facts=tuple(_facts(prepared)),
        certificate=tuple(_certified(certificate)),
    )
    return bundle_pages(texts, without_kept_back(prepared.alerts))


def _facts(prepared: PreparedDisclosure) -> Iterator[tuple[str, str]]:
    one = prepared.disclosure
    begun, names = one.begun, prepared.names
    yield "About", begun.meant.called
    yield "Made for", begun.requester.words
    yield "Number of the request", begun.their_number
    yield "As it stood on", in_full(begun.as_of)
    yield "In it", capital(joined([IN_WORDS[part] for part in Part if part in begun.parts]))
    if out := left_out(begun.parts):
        yield "Not in it", capital(joined(out))
    if hidden := _told_hidden(prepared):
        yield "Also not in it", f"{hidden} restricted to people who did not take part in this"
    yield "Kept back", _kept_back(prepared)
    prepared_by = sorted(filter(None, (names.get(who, "") for who in one.prepared_by)))
    yield "Prepared by", joined(prepared_by)
    if one.issued_at:
        yield "Issued by", f"{names.get(one.issued_by, '')}, on {in_full(one.issued_at)}"


def _told_hidden(prepared: PreparedDisclosure) -> int:
    """How many more there are, where whoever it is made for is told."""
    begun = prepared.disclosure.begun
    return begun.hidden if REQUESTERS[begun.requester].told_of_more else 0


def _kept_back(prepared: PreparedDisclosure) -> str:
    entries = [entry for alert in prepared.alerts for entry in alert.entries]
    why = Counter(
        mark
        for entry in entries
        for mark in ([entry.mark] if entry.mark else [one.mark for one in entry.pieces])
        if mark
    )
    if not why:
        return "Nothing"
    each = (f"{number}: {mark.words}" for mark, number in sorted(why.items()))
    return f"{'; '.join(each)}. A black bar stands in the place of each, with the reason."


def _certified(certificate: ChainCertificate) -> Iterator[tuple[str, str]]:
    here = certificate.verified_at.astimezone(LONDON)
    yield "Events in the chain", f"{certificate.events:,}"
    yield "Digest of the last one", certificate.head
    yield "Verified", f"{in_full(here.date())} at {here:%H:%M}"
    yield "Found", "; ".join(certificate.found) or "Nothing that was altered, put in or taken out"


def _plain(prepared: PreparedDisclosure, digest: str) -> dict[str, Any]:
    one = prepared.disclosure
    return {
        "disclosure": one.number,
        "council": prepared.council,
        "for": one.begun.requester.value,
        "about": one.begun.meant.model_dump(mode="json", exclude={"person"}),
        "request": one.begun.their_number,
        "as_of": one.begun.as_of.isoformat(),
        "parts": [part.value for part in one.begun.parts],
        "hidden": _told_hidden(prepared),
        "certificate": _certificate(prepared).model_dump(mode="json"),
        "word_document": digest,
        "alerts": [_alert(alert) for alert in without_kept_back(prepared.alerts)],
    }


def _alert(alert: BundleAlert) -> dict[str, Any]:
    return {
        "reference": alert.reference,
        "facts": dict(alert.facts),
        "entries": [_entry(entry) for entry in alert.entries],
    }


def _entry(entry: BundleEntry) -> dict[str, Any]:
    return {
        "at": entry.at.astimezone(LONDON).isoformat(timespec="seconds"),
        "who": entry.who,
        "part": entry.kept_to,
        "pieces": [
            {
                "label": one.label,
                "text": one.text,
                "kept_back": one.mark.value if one.mark else None,
            }
            for one in entry.pieces
        ],
    }
