"""Somebody's open tab of the app, without a browser: signed in, drawn over its websocket, typed in and pressed."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from ssl import SSLContext
from types import TracebackType
from typing import Any, Self

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: TID251 - speaks as the browser does
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: TID251 - as above
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60  # seconds
_DONE = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY}
_AGAIN = ForwardMsg.FINISHED_EARLY_FOR_RERUN
_OPTIONAL = " (optional)"
_FIELDS = {"button", "radio", "selectbox", "checkbox", "bidi_component"}


class NotOnThePage(AssertionError):
    """Something else is shown than was expected: a fault, or another page."""


@dataclass(frozen=True, slots=True)
class Way:
    trusts: SSLContext | None = None
    address: str | None = None

    def visitor(self, **more: Any) -> httpx.Client:
        """Somebody with a browser who comes this way."""
        transport = httpx.HTTPTransport(verify=self.trusts or True, local_address=self.address)
        return httpx.Client(transport=transport, timeout=PATIENCE, trust_env=False, **more)


PLAIN = Way()


@dataclass(frozen=True, slots=True)
class _Field:
    kind: str
    label: str
    proto: Any
    piece: str
    """The part of the page that runs again by itself when somebody answers here."""


class AppSession:
    """Open from entering to leaving. `link` is a one-time address, `page` the page's name in the app.

    `way` says how to come to it, where that is not plain: whom to trust, and from which address of this machine.
    """

    def __init__(self, origin: str, link: str, page: str, way: Way = PLAIN) -> None:
        self._origin, self._way = origin, way
        self._page = page
        self.cookies = _sign_in(origin, link, way)
        self._open = ExitStack()
        self._socket: ClientConnection | None = None
        self.query = ""
        self._script = ""
        self._fields: dict[str, _Field] = {}
        self._words: list[str] = []
        self._kept: dict[str, ForwardMsg] = {}
        self._stamps = count(1)

    def __enter__(self) -> Self:
        address = self._origin.replace("http", "ws", 1) + "/app/_stcore/stream"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        opening = connect(
            address,
            origin=Origin(self._origin),
            additional_headers={"Cookie": cookies},
            open_timeout=PATIENCE,
            max_size=None,
            proxy=None,
            ssl=self._way.trusts,
            source_address=(self._way.address, 0) if self._way.address else None,
        )
        self._socket = self._open.enter_context(opening)
        self.draw(self._page)
        return self

    @property
    def local_port(self) -> int:
        """Of its connection, on this side."""
        assert self._socket is not None
        return int(self._socket.local_address[1])

    def draw(self, page: str, query: str = "") -> None:
        """Have the page drawn, and wait until it is."""
        wanted = BackMsg()
        wanted.rerun_script.page_name = page
        self.query, self._script = query, ""
        self._run(wanted)

    def press(self, label: str) -> None:
        field = self._field("button", label)
        self._tell(field, "trigger_value", True)

    def choose(self, option: str) -> None:
        """One of the choices that stand there, by its words."""
        for field in reversed(self._fields.values()):
            if field.kind in {"radio", "selectbox"} and option in field.proto.options:
                self._tell(field, "string_value", option)
                return
        raise NotOnThePage(f"no choice {option!r}: {self.words}")

    def tick(self, label: str) -> None:
        self._tell(self._field("checkbox", label), "bool_value", True)

    def write(self, label: str, text: str) -> None:
        """Type into a field that saves while one types."""
        typed = {"typed": {"text": text, "stamp": f"here-{next(self._stamps)}"}}
        self._tell(self._field("bidi_component", label), "json_value", json.dumps(typed))

    @property
    def words(self) -> str:
        """What the last run has said."""
        return "\n".join(self._words)

    @property
    def buttons(self) -> list[str]:
        return [one.label for one in self._fields.values() if one.kind == "button"]

    def options(self, question: str) -> list[str]:
        return list(self._field("radio", question).proto.options)

    def field(self, label: str) -> str:
        """What stands in a field that saves while one types."""
        return str(json.loads(self._field("bidi_component", label).proto.json)["value"])

    def _field(self, kind: str, label: str) -> _Field:
        for field in reversed(self._fields.values()):
            if field.kind == kind and field.label.removesuffix(_OPTIONAL) == label:
                return field
        raise NotOnThePage(f"no {kind} {label!r}: {self.words}")

    def _tell(self, field: _Field, name: str, value: object) -> None:
        wanted = BackMsg()
        told = wanted.rerun_script.widget_states.widgets.add()
        told.id = field.proto.id
        setattr(told, name, value)
        wanted.rerun_script.fragment_id = field.piece
        self._run(wanted)

    def _run(self, wanted: BackMsg) -> None:
        assert self._socket is not None
        state = wanted.rerun_script
        state.query_string, state.page_script_hash = self.query, self._script
        state.cached_message_hashes.extend(self._kept)
        self._socket.send(wanted.SerializeToString())
        while (message := self._next()).WhichOneof("type") != "script_finished" or (
            message.script_finished == _AGAIN
        ):
            self._read(message)
        assert message.script_finished in _DONE

    def _read(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._script = message.new_session.page_script_hash
                self._words.clear()
                if not message.metadata.run.fragment_ids:
                    self._fields.clear()
            case "navigation":
                self._script = message.navigation.page_script_hash
            case "page_info_changed":
                self.query = message.page_info_changed.query_string
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                self._drawn(message.delta.new_element, message.delta.fragment_id)

    def _drawn(self, element: Any, piece: str) -> None:
        kind = element.WhichOneof("type")
        proto = getattr(element, kind)
        if kind in _FIELDS:
            label = json.loads(proto.json)["label"] if kind == "bidi_component" else proto.label
            self._fields.pop(proto.id, None)
            self._fields[proto.id] = _Field(kind, label, proto, piece)
        elif kind in {"html", "markdown", "alert", "toast"} and not proto.body.startswith(
            "<style>"
        ):
            self._words.append(re.sub("<[^>]*>", " ", proto.body))
        elif kind == "exception":
            raise NotOnThePage(proto.message)

    def _next(self) -> ForwardMsg:
        assert self._socket is not None
        sent = self._socket.recv(PATIENCE)
        assert isinstance(sent, bytes)
        message = ForwardMsg()
        message.ParseFromString(sent)
        if message.WhichOneof("type") == "ref_hash":
            kept = ForwardMsg()
            kept.CopyFrom(self._kept[message.ref_hash])
            kept.metadata.CopyFrom(message.metadata)
            return kept
        if message.metadata.cacheable:
            self._kept[message.hash] = message
        return message

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._open.close()


def _sign_in(origin: str, link: str, way: Way) -> dict[str, str]:
    with way.visitor() as visitor:
        page = visitor.get(link)
        page.raise_for_status()
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        used = visitor.post(page.url.join("/sign-in/use"), data=fields, headers={"Origin": origin})
        assert used.status_code == httpx.codes.SEE_OTHER, used.status_code
        return dict(visitor.cookies)
