"""What a council's own system is answered, once its token is known."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, TypeVar

from practice_alerts.adapters.scim import protocol as scim
from practice_alerts.adapters.scim.scim_message import ScimFault
from practice_alerts.adapters.store.office import scim_records
from practice_alerts.adapters.store.office.scim_records import ScimRecord, ScimToken
from practice_alerts.casework.directory.in_bulk import scim_people
from practice_alerts.casework.directory.in_bulk.scim_people import (
    Door,
    ScimBadValue,
    ScimConflict,
    ScimSaid,
)
from practice_alerts.domain.directory.scim_person import ScimPerson
from practice_alerts.domain.errors import BadAnswers, Expected, NotFound, StorageTrouble
from practice_alerts.domain.text import whole_number
from practice_alerts.office import Office

ScimAnswer = tuple[int, Mapping[str, Any] | None]
"""The status, and what is said."""

_TRIES: Final = 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """`what` is the address below that of the council, which is `home`."""

    method: str
    what: str
    query: Mapping[str, str]
    content: bytes
    home: str
    if_match: str = ""
    if_none_match: str = ""

    @property
    def people(self) -> str:
        return f"{self.home}/Users"


def answer(  # noqa: PLR0911 - one line for each reason
    office: Office, token: ScimToken, asked: Asked
) -> ScimAnswer:
    """Never raises for what the other side can cause."""
    try:
        return _answer(office, token, asked)
    except ScimFault as fault:
        return fault.status, scim.error(fault.status, str(fault), fault.kind)
    except ScimConflict as fault:
        return 409, scim.error(409, str(fault), "uniqueness")
    except NotFound as fault:
        return 404, scim.error(404, str(fault))
    except ScimBadValue as fault:
        return 400, scim.error(400, str(fault), "invalidValue")
    except BadAnswers as fault:
        return 400, scim.error(400, " ".join(fault.faults.values()), "invalidValue")
    except StorageTrouble as fault:
        return 503, scim.error(503, str(fault))
    except Expected as fault:  # what cannot be done now, such as letting the last administrator go
        return 409, scim.error(409, str(fault))


def _answer(office: Office, token: ScimToken, asked: Asked) -> ScimAnswer:
    kind, _, name = asked.what.partition("/")
    if kind == "Bulk" or asked.what.endswith(".search"):
        return 501, scim.error(501, "This is not offered.")
    if kind == "Users":
        return _of_people(office, token, asked, name)
    if asked.method not in {"GET", "HEAD"}:
        return 405, scim.error(405, "This address is only read.")
    return 200, _described(asked, kind, name)


def _described(asked: Asked, kind: str, name: str) -> Mapping[str, Any]:
    """What is offered, in the protocol's own terms."""
    if "filter" in asked.query:
        raise ScimFault("What is offered is not filtered.", 403, "")
    if asked.what == "ServiceProviderConfig":
        return scim.configuration(asked.home)
    described: Mapping[str, Callable[[str], Mapping[str, Mapping[str, Any]]]] = {
        "ResourceTypes": scim.resource_types,
        "Schemas": scim.schemas,
    }
    found = described[kind](asked.home) if kind in described else {}
    if found and not name:
        return _all_of(found.values())
    if name not in found:
        raise NotFound("address of that name")
    return found[name]


def _all_of(found: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    every = [dict(one) for one in found]
    return {
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": len(every),
        "startIndex": 1,
        "itemsPerPage": len(every),
        "Resources": every,
    }


def _of_people(office: Office, token: ScimToken, asked: Asked, name: str) -> ScimAnswer:
    came = _Came(office, token, asked, name)
    of_all: Mapping[str, Callable[[], ScimAnswer]] = {
        "GET": lambda: came.read(partial(_listed, asked)),
        "POST": came.created,
    }
    of_one: Mapping[str, Callable[[], ScimAnswer]] = {
        "GET": lambda: came.read(partial(_found, asked, name)),
        "PUT": lambda: came.changed(lambda _: scim.replaced(asked.content)),
        "PATCH": lambda: came.changed(lambda was: scim.patched(was.body, asked.content)),
        "DELETE": came.removed,
    }
    method = "GET" if asked.method == "HEAD" else asked.method
    do = (of_one if name else of_all).get(method)
    return (405, scim.error(405, "That cannot be done here.")) if do is None else do()


@dataclass(frozen=True, slots=True)
class _Came:
    """A message about people, and with what it came.

    What it means is worked out before anything is written: whoever reads one slowly keeps nobody from writing.
    """

    office: Office
    token: ScimToken
    asked: Asked
    name: str

    def read(self, do: Callable[[Door], T]) -> T:
        with self.office.database.reading() as tx:
            return do(Door(self.office, tx, self.token))

    def _written(self, do: Callable[[Door], T]) -> T:
        gone: list[str] = []
        with self.office.database.writing() as tx:
            kept = scim_records.token(tx, self.token.digest)
            if kept is None or not kept.holds(self.office.now()):
                raise ScimFault("This token was taken back.", 401, "")
            done = do(Door(self.office, tx, self.token, gone.append))
        for person in gone:
            self.office.sign_in.revoke_person(person)
        return done

    def created(self) -> ScimAnswer:
        said = ScimSaid(*scim.created(self.asked.content))
        made = self._written(lambda at: scim_people.create(at, said))
        return 201, _said(self.asked, made)

    def changed(
        self, means: Callable[[ScimRecord], tuple[ScimPerson, dict[str, Any]]]
    ) -> ScimAnswer:
        """Worked out anew where somebody else changed it meanwhile."""
        was = self.read(self._expected)
        for _ in range(_TRIES):
            said = ScimSaid(*means(was))
            now, is_done = self._written(partial(self._if_still, was, said))
            if is_done:
                return 200, _said(self.asked, now)
            was = now
        raise ScimFault("It is changed again and again. Send this once more.", 503, "")

    def _if_still(self, was: ScimRecord, said: ScimSaid, at: Door) -> tuple[ScimRecord, bool]:
        now = self._expected(at)
        return (scim_people.change(at, was, said), True) if now == was else (now, False)

    def removed(self) -> ScimAnswer:
        self._written(lambda at: scim_people.remove(at, self._expected(at)))
        return 204, None

    def _expected(self, at: Door) -> ScimRecord:
        """What is to be changed, if it is still what the other side saw. Raises ScimFault (RFC 7644, 3.14)."""
        record = scim_people.find(at, self.name)
        if self.asked.if_match and not _is_among(record, self.asked.if_match):
            raise ScimFault("It was changed meanwhile. Read it again.", 412, "")
        return record


def _found(asked: Asked, name: str, at: Door) -> ScimAnswer:
    record = scim_people.find(at, name)
    is_known = asked.if_none_match and _is_among(record, asked.if_none_match)
    return 304 if is_known else 200, _said(asked, record)


def _is_among(record: ScimRecord, versions: str) -> bool:
    """Weakly compared, as these versions are weak."""
    known = {one.strip().removeprefix("W/") for one in versions.split(",")}
    return bool(known & {"*", _version(record).removeprefix("W/")})


def _version(record: ScimRecord) -> str:
    """Another one as soon as anything that is said of it is."""
    said = json.dumps([record.id, record.body], sort_keys=True)
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:24]}"'


def _listed(asked: Asked, at: Door) -> ScimAnswer:
    sought = scim.sought(asked.query.get("filter"))
    start = max(1, _number(asked, "startIndex", 1))
    count = min(scim.PAGE, max(0, _number(asked, "count", scim.PAGE)))
    if sought.attribute == "id":
        one = scim_records.record(at.tx, at.council, sought.value)
        every = tuple(filter(None, (one,)))
        found, total = every[start - 1 : start - 1 + count], len(every)
    else:
        key = sought.value.casefold() if sought.attribute == "username" else None
        number = sought.value if sought.attribute == "externalid" else None
        part = (start - 1, count)
        found, total = scim_records.page_of(
            at.tx, at.council, part, user_key=key, external_id=number
        )
    wanted, some = scim.parts(asked.query), [_kept(one) for one in found]
    return 200, scim.answers(some, asked.people, wanted, total=total, start=start)


def _number(asked: Asked, name: str, otherwise: int) -> int:
    written = asked.query.get(name, "")
    if not written:
        return otherwise
    if (digits := whole_number(written.removeprefix("-"))) is None:
        raise ScimFault(f"{name} is a whole number.")
    return -digits if written.startswith("-") else digits


def _said(asked: Asked, record: ScimRecord) -> Mapping[str, Any]:
    return scim.answer(_kept(record), asked.people, scim.parts(asked.query))


def _kept(record: ScimRecord) -> scim.KeptPerson:
    return scim.KeptPerson(
        record.id, record.body, record.made_at, record.changed_at, _version(record)
    )
