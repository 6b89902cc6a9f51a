"""SCIM 2.0 (RFC 7643 and 7644) for people: what is read of a message, and how an answer is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Final, TypeVar

from pydantic import ValidationError
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    ChangePassword,
    ComplexAttribute,
    Context,
    Error,
    ETag,
    Extension,
    Filter,
    ListResponse,
    Meta,
    Name,
    PatchOp,
    Required,
    Resource,
    ResourceType,
    ResponseParameters,
    SCIMException,
    ScimFilter,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models import Patch as PatchOffer
from scim2_models.path import Comparison

from practice_alerts.adapters.scim import scim_message
from practice_alerts.adapters.scim.scim_message import ScimFault
from practice_alerts.domain.dates import london_date
from practice_alerts.domain.directory.scim_person import ScimPerson
from practice_alerts.domain.forms.validation import control_characters

PAGE: Final = 100
"""How many people an answer lists at most."""

_LONGEST_FILTER: Final = 400
_LONGEST_VALUE: Final = 250

T = TypeVar("T")


class Mail(ComplexAttribute):
    """Which addresses will do is the directory's to say, for a person entered by hand too."""

    value: str | None = None
    type: str | None = None
    primary: bool | None = None


class ScimUser(Resource[Any]):
    """Of the core User what is used here; whatever else comes is dropped."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Required.true, Uniqueness.server] = None
    name: Name | None = None
    display_name: str | None = None
    title: str | None = None
    active: bool | None = None
    emails: list[Mail] | None = None


class Work(Extension):
    """Of the enterprise User the department, which is the team."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    department: str | None = None


class Stay(Extension):
    """For agency staff: the last day, as 2026-09-30 or with a time of that day."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:practice-alerts:2.0:User")

    until: datetime | None = None


_User: Any = ScimUser[Work | Stay]  # type: ignore[misc] # made while it runs

# As Entra ID sends them: attributes that nobody asked for, and paths that describe what is not there yet.
_TOLERANT: Final = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list is asked for: everybody, or whoever has this value of one attribute."""

    attribute: str = ""
    value: str = ""


Parts = ResponseParameters[Any]
"""Of an answer: the attributes that are named, or all but those left out."""


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Somebody as they are kept, to be written into an answer."""

    id: str
    body: Mapping[str, Any]
    made_at: datetime
    changed_at: datetime
    version: str


def created(content: bytes) -> tuple[ScimPerson, dict[str, Any]]:
    """Whom a message describes, and what is kept of it. Raises ScimFault."""
    return _read_whole(content, Context.RESOURCE_CREATION_REQUEST)


def replaced(content: bytes) -> tuple[ScimPerson, dict[str, Any]]:
    """The same for a message that replaces somebody. Raises ScimFault."""
    return _read_whole(content, Context.RESOURCE_REPLACEMENT_REQUEST)


def patched(body: Mapping[str, Any], content: bytes) -> tuple[ScimPerson, dict[str, Any]]:
    """The person that is kept, with what a message changes of it. Raises ScimFault."""
    message = scim_message.read(content)

    def patch() -> Any:
        person = _User.model_validate(dict(body))
        asked = PatchOp[_User].model_validate(message, scim_ctx=Context.RESOURCE_PATCH_REQUEST)
        was = person.active
        asked.patch(person)
        person.active = was if person.active is None else person.active
        return person

    return _person(_tolerantly(patch))


def sought(written: str | None) -> Sought:
    """Only `userName eq "..."`, `externalId eq` and `id eq` can be asked for. Raises ScimFault."""
    if not written:
        return Sought()
    fault = ScimFault(
        'A filter is userName, externalId or id, eq, and a text in "".', kind="invalidFilter"
    )
    if len(written) > _LONGEST_FILTER or written.lstrip().startswith(("(", "not")):
        raise fault
    asked = _tolerantly(lambda: ScimFilter[_User](written).ast)
    if not isinstance(asked, Comparison) or str(asked.op) != "eq":
        raise fault
    name, value = str(asked.attr_path).rpartition(":")[2].lower(), asked.value
    if name not in {"username", "externalid", "id"} or not isinstance(value, str):
        raise fault
    return Sought(name, _plain(name, value))


def parts(query: Mapping[str, str]) -> Parts:
    """Which attributes are wanted: those named, or all but those. Raises ScimFault."""
    named = {name: query[name] for name in ("attributes", "excludedAttributes") if name in query}
    asked: Parts = _tolerantly(lambda: ResponseParameters[_User].model_validate(named))
    return asked


def answer(one: KeptPerson, address: str, wanted: Parts) -> dict[str, Any]:
    """Somebody as the protocol writes them; `address` is that of all people."""
    return _written(_resource(one, address), wanted)


def answers(
    some: Iterable[KeptPerson], address: str, wanted: Parts, *, total: int, start: int
) -> dict[str, Any]:
    found = [_resource(one, address) for one in some]
    listed = ListResponse[_User](
        total_results=total, start_index=start, items_per_page=len(found), resources=found
    )
    return _written(listed, wanted)


def error(status: int, sentence: str, kind: str = "") -> dict[str, Any]:
    said: dict[str, Any] = Error(
        status=status, detail=sentence, scim_type=kind or None
    ).model_dump()
    return said


def configuration(address: str) -> dict[str, Any]:
    """What is offered; `address` is that of the council's end point, as in everything below."""
    offered = ServiceProviderConfig(
        patch=PatchOffer(supported=True),
        bulk=Bulk(supported=False, max_operations=0, max_payload_size=0),
        filter=Filter(supported=True, max_results=PAGE),
        change_password=ChangePassword(supported=False),
        sort=Sort(supported=False),
        etag=ETag(supported=True),
        authentication_schemes=[
            AuthenticationScheme(
                type=AuthenticationScheme.Type.oauthbearertoken,
                name="Bearer token",
                description="A token of this council, made by practice-alerts people scim-token.",
            )
        ],
        meta=Meta(
            resource_type="ServiceProviderConfig",
            location=f"{address}/ServiceProviderConfig",
        ),
    )
    return _written(offered)


def resource_types(address: str) -> dict[str, dict[str, Any]]:
    """By id."""
    return _described(_provider().resource_types, address, "ResourceType")


def schemas(address: str) -> dict[str, dict[str, Any]]:
    """By id."""
    return _described(_provider().schemas, address, "Schema")


def _described(found: Iterable[Any], address: str, kind: str) -> dict[str, dict[str, Any]]:
    described = {}
    for one in found:
        location = f"{address}/{kind}s/{one.id}"
        meta = Meta(resource_type=kind, location=location)
        described[str(one.id)] = _written(one.model_copy(update={"meta": meta}))
    return described


@cache
def _provider() -> ScimProvider:
    user = ResourceType.from_resource(_User)
    named = user.model_copy(update={"id": "User", "name": "User"})
    return ScimProvider(models=[ScimUser, Work, Stay], resource_types=[named])


def _resource(one: KeptPerson, address: str) -> Any:
    person = _tolerantly(lambda: _User.model_validate(dict(one.body)))
    person.id = one.id
    person.meta = Meta(
        resource_type="User",
        location=f"{address}/{one.id}",
        created=one.made_at,
        last_modified=one.changed_at,
        version=one.version,
    )
    return person


def _written(said: Any, wanted: Parts | None = None) -> dict[str, Any]:
    written: dict[str, Any] = said.model_dump(
        scim_ctx=Context.RESOURCE_QUERY_RESPONSE,
        response_parameters=wanted,
    )
    return written


def _read_whole(content: bytes, context: Context) -> tuple[ScimPerson, dict[str, Any]]:
    return _person(
        _tolerantly(lambda: _User.model_validate(scim_message.read(content), scim_ctx=context))
    )


def _tolerantly(work: Callable[[], T]) -> T:
    """Whatever the library finds wrong is said as it says it. Raises ScimFault."""
    try:
        with _TOLERANT:
            return work()
    except ValidationError as wrong:
        first = Error.from_validation_errors(wrong)[0]
        raise ScimFault(first.detail or "", kind=first.scim_type or "invalidValue") from wrong
    except SCIMException as wrong:
        raise ScimFault(wrong.detail, wrong.status, wrong.scim_type) from wrong
    except RecursionError as wrong:
        raise ScimFault("The message is nested too deeply.", kind="invalidSyntax") from wrong


def _person(user: Any) -> tuple[ScimPerson, dict[str, Any]]:
    work, stay = user[Work], user[Stay]
    user.active = user.active is not False
    if len(user.emails or ()) > scim_message.MOST_VALUES:
        raise ScimFault(f"emails: at most {scim_message.MOST_VALUES}.", kind="tooMany")
    person = ScimPerson(
        user_name=_plain("userName", user.user_name),
        name=_plain("displayName", _name(user)),
        mail=_plain("emails", _mail(user)),
        external_id=_plain("externalId", user.external_id),
        title=_plain("title", user.title),
        team=_plain("department", work.department if work else ""),
        active=user.active,
        until=_day(stay.until if stay else None),
    )
    if not person.user_name:
        raise ScimFault("userName is needed.")
    return person, user.model_dump(scim_ctx=Context.RESOURCE_CREATION_REQUEST)


def _name(user: Any) -> str:
    name = user.name or Name()
    parts = " ".join(filter(None, (name.given_name, name.family_name)))
    return str(user.display_name or name.formatted or parts)


def _mail(user: Any) -> str:
    """The main one, else that of work, else the first; where there is none, the name with which they sign in."""
    every = [one for one in user.emails or () if one.value]
    main = [one for one in every if one.primary] or [one for one in every if one.type == "work"]
    return str(next(iter((*main, *every))).value) if every else str(user.user_name)


def _plain(what: str, value: str | None) -> str:
    said = (value or "").strip()
    if len(said) > _LONGEST_VALUE or control_characters(said) or "\n" in said:
        raise ScimFault(f"{what}: at most {_LONGEST_VALUE} characters, in one line.")
    return said


def _day(last: datetime | None) -> date | None:
    if last is None:
        return None
    try:
        return last.date() if last.tzinfo is None else london_date(last)
    except OverflowError as wrong:
        raise ScimFault("until: no calendar has that day.") from wrong
