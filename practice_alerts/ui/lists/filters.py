"""Whose alerts, which of them, and views kept under a name. Nothing of it stands in the address."""

from dataclasses import dataclass, field
from typing import Any, get_args

import streamlit as st

from practice_alerts.casework.views import saved_views, work_tray
from practice_alerts.casework.views.tray_parts import FilterChoices
from practice_alerts.domain.acts.permissions import Actor
from practice_alerts.domain.complete import complete
from practice_alerts.domain.errors import BadAnswers
from practice_alerts.domain.standing.list_filters import WITHIN, Filters, Order, Whose
from practice_alerts.domain.standing.standings import Pile
from practice_alerts.ui.page import html, session
from practice_alerts.ui.page.as_written import as_written
from practice_alerts.ui.page.question import asking

_STATE = "practice_alerts.tray"
_ANY, _NEEDS = "", "needs"
_WHOSE = complete(
    get_args(Whose), {"mine": "Mine", "team": "My team's", "service": "The whole service's"}
)
_ORDER = complete(
    get_args(Order),
    {
        "due": "What is due first",
        "stage": "The highest stage first",
        "open": "What has been open longest first",
    },
)
_WITHIN = {"0": "Today or passed"} | {
    str(days): f"Within {days} working days, or passed" for days in WITHIN if days
}
_STANDS = {_NEEDS: "Needs its reviewing officer"} | {
    pile.value: pile.facts.words for pile in Pile if pile is not Pile.CLOSED
}
_TICKS = {
    "past_cap": "Past the time limit",
    "no_slack": "No days to spare: today is the last on which to escalate and keep the time limit, or too late",
    "not_filed": "Not filed yet: something happened since it was last filed in the case system; closed alerts too",
}
_Questions = list[tuple[str, str, dict[str, str], str]]
"""Name, label, what may be chosen, and what stands chosen at first."""


@dataclass
class _State:
    """What stands chosen. Fields begin with `begun`; each `round` has fields of its own."""

    filters: Filters = field(default_factory=Filters)
    begun: Filters = field(default_factory=Filters)
    round: int = 0
    most: dict[str, int] = field(default_factory=dict)
    remembered: Filters = field(default_factory=Filters)
    """As they are kept for whoever loads the page anew."""


def chosen(actor: Actor) -> _State:
    """What this person chose, also before they went to another page and came back, or loaded this one anew."""
    if _STATE not in st.session_state:
        last = saved_views.last_chosen(session.office(), actor.id)
        st.session_state[_STATE] = _State(last, last, remembered=last)
    state: _State = st.session_state[_STATE]
    asked = Filters.read(dict(st.query_params)) if st.query_params else None
    if asked is not None:
        _begin(state, asked)
        st.query_params.clear()  # the choice is made: from here on it changes without the address
    elif _key(state, "stands") not in st.session_state:
        _begin(state, state.filters)
    return state


def _begin(state: _State, filters: Filters) -> None:
    state.filters = state.begun = filters
    state.round += 1
    state.most.clear()
    st.session_state[_key(state, "whose")] = filters.whose


def _key(state: _State, name: str) -> str:
    return f"tray-{state.round}-{name}"


def ask(state: _State, actor: Actor, offered: tuple[Whose, ...]) -> None:
    """The fields. What is chosen in them is in force at once."""
    _kept_views(state, actor)
    whose = _whose(state, offered)
    questions = _questions(work_tray.choices(session.office(), actor), state.begun, whose)
    used = _used(state, questions)
    shown = _shown(state)
    title = f"Filters ({len(used)} in use)" if used else "Filters"
    # Whoever comes by a figure or a kept view sees the list first; whoever is choosing sees what they choose.
    is_choosing = bool(used) and not _is_as_begun(state, questions)
    with st.expander(as_written(title), expanded=is_choosing, key=f"pa-filters-{state.round}"):
        filters = _fields(state, questions, whose).model_copy(update=shown)
        if used:
            st.button("Clear the filters", on_click=_begin, args=(state, filters.cleared))
        _keep_view(filters, actor)
    if used:
        html.quiet("; ".join(used))
    if filters != state.filters:
        state.filters = filters
        state.most.clear()
    if filters != state.remembered:
        saved_views.remember(session.office(), actor.id, filters)
        state.remembered = filters


def _shown(state: _State) -> dict[str, Any]:
    """In which order, and how: one below the other, or a row of a table each."""
    orders: list[Order] = list(_ORDER)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        order = st.selectbox(
            "In which order",
            orders,
            index=orders.index(state.begun.order),
            format_func=_ORDER.__getitem__,
            key=_key(state, "order"),
            width=320,
        )
        dense = st.checkbox("As a table", state.begun.dense, key=_key(state, "dense"))
    return {"order": order, "dense": dense}


def _used(state: _State, questions: _Questions) -> tuple[str, ...]:
    """Those in use, in words, before they are drawn: the title over them counts them."""
    chosen = [
        f"{label}: {options.get(said, said)}"
        for name, label, options, begun in questions
        if (said := st.session_state.get(_key(state, name), begun))
    ]
    ticked = [
        label.partition(":")[0]
        for name, label in _TICKS.items()
        if st.session_state.get(_key(state, name), getattr(state.begun, name))
    ]
    return (*chosen, *ticked)


def _is_as_begun(state: _State, questions: _Questions) -> bool:
    begun = {name: begun for name, _, _, begun in questions}
    begun |= {name: getattr(state.begun, name) for name in _TICKS}
    return all(
        st.session_state.get(_key(state, name), first) == first for name, first in begun.items()
    )


def _whose(state: _State, offered: tuple[Whose, ...]) -> Whose:
    if st.session_state.get(_key(state, "whose")) not in offered:
        st.session_state[_key(state, "whose")] = offered[0]
    if len(offered) == 1:
        return offered[0]
    with asking("Whose alerts", _key(state, "whose-label")):
        return st.radio(
            "Whose alerts",
            offered,
            format_func=_WHOSE.__getitem__,
            horizontal=True,
            label_visibility="collapsed",
            key=_key(state, "whose"),
        )


def _fields(state: _State, questions: _Questions, whose: Whose) -> Filters:
    columns, given = st.columns(3), dict[str, str]()
    for place, (name, label, options, begun) in enumerate(questions):
        with columns[place % 3]:
            given[name] = _one(state, name, label, options, begun)
    stands, within = given.pop("stands"), given.pop("within")
    chosen = {
        "pile": Pile(stands) if stands not in (_ANY, _NEEDS) else None,
        "needs": stands == _NEEDS,
        "within": int(within) if within else None,
        **{name: _tick(state, name, label) for name, label in _TICKS.items()},
    }
    return Filters.model_validate({"whose": whose, **given, **chosen})


def _questions(choices: FilterChoices, begun: Filters, whose: Whose) -> _Questions:
    stands = _NEEDS if begun.needs else begun.pile.value if begun.pile else _ANY
    days = _ANY if begun.within is None else str(begun.within)
    found = [
        ("stands", "How it stands", _STANDS, stands),
        ("stage", "Stage", choices.stages, begun.stage),
        ("kind", "Kind of alert", choices.kinds, begun.kind),
        ("category", "What it is about", choices.categories, begun.category),
        ("team", "The child's team", choices.teams, begun.team),
        ("within", "A date falls", _WITHIN, days),
    ]
    if whose == "service":
        found.append(("officer", "Reviewing officer", choices.officers, begun.officer))
    return found


def _tick(state: _State, name: str, label: str) -> bool:
    return st.checkbox(as_written(label), getattr(state.begun, name), key=_key(state, name))


def _one(state: _State, name: str, label: str, options: dict[str, str], begun: str) -> str:
    """One of these, or any. What a kept view names and is there no more stays to be seen."""
    words: dict[str, Any] = {_ANY: "Any", **options}
    words |= {begun: begun} if begun not in words else {}
    found: str = st.selectbox(
        as_written(label),
        list(words),
        index=list(words).index(begun),
        format_func=words.__getitem__,
        key=_key(state, name),
    )
    return found


def _kept_views(state: _State, actor: Actor) -> None:
    kept = saved_views.mine(session.office(), actor.id)
    if not kept:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        html.quiet("Your views", width="content")
        for one in kept:
            st.button(
                as_written(one.name),
                key=f"view-{one.id}",
                on_click=_begin,
                args=(state, one.filters),
            )


def _keep_view(filters: Filters, actor: Actor) -> None:
    """Keep what stands chosen under a name, or take a view away."""
    here, faults = session.office(), st.session_state.get("view-faults", {})
    hint = "For yourself alone. It keeps the choices above, and nothing of any case."
    with asking("Name for this view", "view-name", hint=hint, error=faults.get("name", "")):
        name = st.text_input(
            "Name for this view",
            label_visibility="collapsed",
            max_chars=saved_views.LONGEST_NAME,
            key="view-name",
        )
    with st.container(horizontal=True, gap="small"):
        if st.button("Keep this view"):
            st.session_state["view-faults"] = _keep(filters, actor, name)
            st.rerun()
        for one in saved_views.mine(here, actor.id):
            if st.button(as_written(f"Remove “{one.name}”"), key=f"remove-{one.id}"):
                saved_views.remove(here, actor.id, one.id)
                st.rerun()


def _keep(filters: Filters, actor: Actor, name: str) -> dict[str, str]:
    try:
        saved_views.keep(session.office(), actor.id, name, filters)
    except BadAnswers as error:
        return error.faults
    return {}
