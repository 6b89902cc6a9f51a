"""A made-up council that uses every key, two or more people for each post, and everything that comes of its files.

`came_out` plays several alerts under a procedure, bent or not, and tells what people saw and got, by facet.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from practice_alerts import ROOT
from practice_alerts.adapters.calendar.bank_holidays import england
from practice_alerts.adapters.files.procedures import CouncilFiles, load_edition, subject_of
from practice_alerts.adapters.files.yaml_reader import read_yaml
from practice_alerts.casework.acts import escalate
from practice_alerts.casework.acts.act_form import act_form
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.raise_alert import (
    Prepared,
    Raising,
    prepare,
    raise_alert,
)
from practice_alerts.casework.acts.raising.who_raises import kinds_for, partners_for
from practice_alerts.casework.core.loaded_alert import Known
from practice_alerts.casework.core.record import Doing, new_act_key
from practice_alerts.casework.core.who_gets_it import Recipients, by_hand
from practice_alerts.casework.documents.render import file_name, sources
from practice_alerts.casework.jobs.send_reminders import remind
from practice_alerts.casework.views.alert_view import Seen, see
from practice_alerts.domain.acts.act_answers import printed_acts, printed_form
from practice_alerts.domain.acts.acts import offers
from practice_alerts.domain.acts.options import form_used
from practice_alerts.domain.acts.permissions import Act, Actor
from practice_alerts.domain.alert.events import Filed
from practice_alerts.domain.checks import check
from practice_alerts.domain.deadlines.forecast import forecast
from practice_alerts.domain.documents.act_document import ActSources, act_paper
from practice_alerts.domain.documents.alert_document import paper
from practice_alerts.domain.documents.file_note import file_note
from practice_alerts.domain.errors import BadAnswers, Expected
from practice_alerts.domain.forms.each_child import with_children
from practice_alerts.domain.forms.form import Form
from practice_alerts.domain.guide.pages.audiences import whom_to_ring
from practice_alerts.domain.guide.pages.council import council_section
from practice_alerts.domain.guide.pages.site import Guide
from practice_alerts.domain.guide.parts.page import Council, GuidePage, GuideSection
from practice_alerts.domain.log.log_rows import log_rows
from practice_alerts.domain.procedure.procedure import PARTNERS
from practice_alerts.domain.standing.how_long_kept import time_kept
from practice_alerts.domain.wording.warnings import forecast_cautions
from practice_alerts.office import Settings
from practice_alerts.ui.alert.alert_screen import _by_when
from tests.helpers.alerts.filled_forms import filled
from tests.helpers.product.office import OFFICE, TEAM, Desk, desk_over

ID = "tarnbrook"
ROOM = Path(__file__).parents[1] / "files" / "every_key"
TEAMS = (TEAM, TEAM, "Sample Team South", "Sample Team West")

PEOPLE: Mapping[str, tuple[str, str]] = {
    **{f"iro_{one}": ("iro", "") for one in "ab"},
    **{f"chair_{one}": ("chair", "") for one in "ab"},
    **{f"lead_{one}": ("iro_lead", "") for one in "ab"},
    **{f"sw_{one}": ("social_worker", team) for one, team in zip("abcd", TEAMS, strict=True)},
    **{f"tm_{one}": ("team_manager", team) for one, team in zip("abcd", TEAMS, strict=True)},
    **{
        f"{post}_{one}": (post, "")
        for post in ("service_manager", "head", "director")
        for one in "ab"
    },
    **{f"other_{one}": ("other_director", "") for one in "ab"},
    **{f"qa_service_{one}": ("qa_service", "") for one in "ab"},
    **{f"solicitor_{one}": ("solicitor", "") for one in "ab"},
    **OFFICE,
}
"""Who works there: id, then post and team. Nobody holds `empty_post`, and the nurse is of another agency."""

READERS = (
    "iro_a",
    "lead_a",
    "chair_a",
    "sw_a",
    "sw_b",
    "tm_a",
    "tm_b",
    "head_a",
    "director_a",
    "service_manager_a",
)

Outcome = Mapping[str, tuple[str, ...]]
"""By facet: what was asked, answered, sent, refused, printed."""


@cache
def files_as_written() -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The procedure, and its forms by name."""
    procedure = read_yaml((ROOM / "procedure.yml").read_bytes()).value
    forms = {one.stem: read_yaml(one.read_bytes()).value for one in (ROOM / "forms").glob("*.yml")}
    return procedure, forms


def bent(*bends: tuple[tuple[str | int, ...], Any, str]) -> CouncilFiles:
    """The council's files with some values changed, of the procedure or of the form named. None takes one away."""
    procedure, forms = (deepcopy(one) for one in files_as_written())
    for path, value, form in bends:
        place: Any = forms[form] if form else procedure
        for part in path[:-1]:
            place = place[part]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value
    return read(procedure, forms)


def read(procedure: Mapping[str, Any], forms: Mapping[str, Any]) -> CouncilFiles:
    """Raises BadDefinition."""
    written = {f"procedures/{ID}/procedure.yml": procedure}
    written |= {f"form_templates/{ID}/{name}.yml": form for name, form in forms.items()}
    own = {name: json.dumps(one, default=str).encode() for name, one in written.items()}
    return load_edition({**common_forms(), **own})


@cache
def common_forms() -> dict[str, bytes]:
    """The forms that come with the product, as they are written."""
    room = ROOT / "form_templates" / "common"
    found = (one for one in room.iterdir() if one.suffix == ".yml" and one.stem != "notices")
    return {f"form_templates/common/{one.name}": one.read_bytes() for one in found}


def open_tarnbrook(data: Path, files: CouncilFiles, when: str = "Mon 2026-06-01") -> Desk:
    """The council at work, with everybody of PEOPLE."""
    settings = Settings(ROOT / "procedures", ROOT / "form_templates", data)
    return desk_over(settings, {ID: files}, (ID, PEOPLE), when)


def came_out(files: CouncilFiles) -> Outcome:
    """Everything that people see and get under these files, the guide apart."""
    with TemporaryDirectory() as folder:
        desk = open_tarnbrook(Path(folder), files)
        told = _Told(desk)
        try:
            told.everything()
        finally:
            desk.office.database.close()
    return {facet: tuple(lines) for facet, lines in told.lines.items()}


def comes_out_otherwise(
    files: CouncilFiles, before: Outcome, but_for: frozenset[str] = frozenset()
) -> bool:
    """Does anything differ from what came out before, some facets apart? It ends at the first thing that does."""
    with TemporaryDirectory() as folder:
        desk = open_tarnbrook(Path(folder), files)
        told = _Compared(desk, before=before, but_for=but_for)
        try:
            told.everything()
        except _Differs:
            return True
        finally:
            desk.office.database.close()
    return any(len(before[one]) != len(told.lines[one]) for one in before if one not in but_for)


def guide_of(files: CouncilFiles) -> str:
    """The council's section of the guide, as text."""
    council = Council(ID, files.procedure, files.forms, {}, files.act_forms)
    return "\n".join(
        one.text for one in _pages(council_section(council, [council], date(2026, 6, 1)))
    )


def _pages(entry: GuidePage | GuideSection) -> list[GuidePage]:
    return (
        [entry]
        if isinstance(entry, GuidePage)
        else [page for one in entry.entries for page in _pages(one)]
    )


@dataclass
class _Told:
    """Plays the alerts and writes down what comes out; a refusal is written down, and the story goes on."""

    desk: Desk
    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    mails: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    actors: dict[str, Actor] = field(default_factory=dict)

    def say(self, facet: str, *what: object) -> None:
        self.lines[facet].append(" | ".join(map(str, what)))

    def tried(self, what: str, do: Callable[[], Any]) -> Any:
        try:
            return do()
        except BadAnswers as error:
            self.say("refused", what, sorted(error.faults.items()))
        except (Expected, KeyError, StopIteration, IndexError) as error:
            self.say("refused", what, error)
        return None

    def everything(self) -> None:
        self._findings()
        self._site()
        self._who_raises()
        self._dates_beforehand()
        for story in (
            self._praise,
            self._agency,
            self._quick,
            self._urgent,
            self._chairs,
            self._concern,
            self._leaver,
        ):
            self.desk.at("Mon 2026-06-01")
            self.say("story", story.__name__)
            story()

    # -- before anything is raised ---------------------------------------------------------------

    @property
    def _files(self) -> CouncilFiles:
        return self.desk.office.council(ID)

    def _findings(self) -> None:
        for one in check(subject_of(self._files, today=date(2026, 6, 1))):
            self.say("findings", one.rule, one.severity, one.says, one.answered_by)

    def _site(self) -> None:
        """What readers of the guide look for and find, whatever is printed there."""
        council = Council(ID, self._files.procedure, {}, {})
        found = Guide((), "", (council,)).findable(f"{ID}/stages/#a", "A", "Unallocated.")
        self.say("site", found.title, found.text, found.words)
        self.say("site", council.procedure.site.mistakes_to, whom_to_ring((council,)))

    def _who_raises(self) -> None:
        procedure = self._files.procedure
        for who in READERS:
            kinds = kinds_for(procedure, self._actor(who))
            self.say(
                "rights", who, {name: (one.title, one.in_short) for name, one in kinds.items()}
            )
            self.say(
                "rights",
                who,
                [
                    one.title
                    for name, kind in kinds.items()
                    if kind.ladder == PARTNERS
                    for one in partners_for(procedure, self._actor(who), name).values()
                ],
            )

    def _dates_beforehand(self) -> None:
        calendar = england(today=date(2026, 6, 1))
        for name, ladder in self._files.procedure.all_ladders():
            for stage in ladder.stages:
                ahead = forecast(ladder, self.desk.office.now(), stage.id, calendar)
                every = [
                    (one.stage.label, one.due and one.due.by, one.past_time_limit)
                    for one in ahead.stages
                ]
                self.say("forecast", name, every, ahead.days_to_spare, forecast_cautions(ahead))

    # -- acts ------------------------------------------------------------------------------------

    def raised(self, who: str, kind: str, stage: str | None, **more: Any) -> Known | None:
        """Tried empty, then filled; what is drawn and refused is written down."""
        partner, case = more.get("partner"), more.pop("case", "")

        def do() -> Known:
            procedure = self._files.procedure
            ladder = procedure.ladder_of(kind, partner)
            at = ladder.stage(stage) if ladder and stage else None
            name = form_used(kind, procedure.kinds[kind], ladder, at)
            form = self.desk.office.form(self._files, name)
            usual = "child_protection" if who.startswith("chair") else "looked_after"
            answers = _typed(form, case or usual)
            wanted = Raising(ID, kind, answers, entry_stage=stage, **more)
            self._prepared(
                who, Raising(ID, kind, {"case_number": "x"}, entry_stage=stage, partner=partner)
            )
            made = self._prepared(who, wanted)
            wanted = replace(wanted, asked=wanted.asked or _chosen(made.reached))
            return raise_alert(self.desk.office, wanted, self._doing(who))

        found: Known | None = self.tried(f"raise {kind} at {stage}", do)
        self.look(found)
        return found

    def _prepared(self, who: str, raising: Raising) -> Prepared:
        office = self.desk.office
        with office.database.reading() as tx:
            made = prepare(office, tx, self._actor(who), raising)
        asked = [line.seat for line in made.reached.lines if line.is_asked]
        self.say("choices", [(seat.title, [one.id for one in seat.candidates]) for seat in asked])
        self.say(
            "recipients",
            [one.id or one.name for one in made.asked],
            [one.id for one in made.copied],
        )
        self.say("refused", sorted(made.faults.items()))
        self.say("told", made.heard, made.invited)
        self._drawn(made.form, "raiser", raising.answers)
        with_another = with_children(made.form, raising.answers, ("second",))
        self.say("asked", [one.label for one in with_another.fields(filled_by="raiser")])
        return made

    def _drawn(
        self, form: Form, side: str | None = None, answers: Mapping[str, Any] | None = None
    ) -> None:
        """What is put to people: words, choices, and what must be answered."""
        for section in form.sections:
            if side not in (None, section.filled_by):
                continue
            self.say("asked", section.title, section.help)
            for one in section.fields:
                if answers is not None and not one.asked(answers):
                    continue
                inner = [(each.label, each.type) for each in one.fields]
                asks = (
                    one.label,
                    one.hint,
                    one.help,
                    one.ours,
                    one.required,
                    one.choices,
                    one.prefill,
                    inner,
                )
                self.say(
                    "asked",
                    one.id,
                    one.type,
                    *asks,
                    one.role and self._files.procedure.title_of(one.role),
                )

    def did(self, who: str, found: Known | None, act: Act, **answers: Any) -> Known | None:
        if found is None:
            return None

        def do() -> Known:
            office = self.desk.office
            with office.database.reading() as tx:
                form = act_form(office, tx, found, act)
            self._drawn(form)
            given = {**_typed(form, "looked_after", own=True), **answers}
            return VERBS[act](office, found.id, given, self._doing(who, found))

        done: Known | None = self.tried(f"{who}: {act}", do)
        self.look(done or found)
        return done or found

    def climbed(self, who: str, found: Known | None, to: str, **answers: Any) -> Known | None:
        if found is None:
            return None

        def do() -> Known:
            stage = next(one for one in found.ways_up if one.id == to)
            form = escalate.form_at(self.desk.office, found, stage)
            self._drawn(form)
            optional = {"ground", "rationale", "consulted", "consultation"}
            typed = {k: v for k, v in _typed(form, "looked_after").items() if k not in optional}
            climb = escalate.Climb(to, {**typed, **answers})
            with self.desk.office.database.reading() as tx:
                reached = escalate.reached(self.desk.office, tx, found, climb)
            climb = replace(climb, asked=_chosen(reached))
            return escalate.escalate(self.desk.office, found.id, climb, self._doing(who, found))

        done: Known | None = self.tried(f"{who}: to {to}", do)
        self.look(done or found)
        return done or found

    # -- what is seen ----------------------------------------------------------------------------

    def day(self, when: str, found: Known | None) -> None:
        """Another day, with its reminders."""
        self.desk.at(when)
        if found is not None:
            remind(self.desk.office)
            self.look(found)

    def look(self, found: Known | None) -> None:
        if found is None:
            return
        self._letters()
        for who in READERS:
            actor = self._actor(who)
            if not found.may(actor, Act.SEE):
                self.say("readers", found.alert.reference, "not", who)
                continue
            offered = offers(actor, found.alert, found.rules)
            self.say(
                "rights",
                who,
                [(one.act.value, one.title, one.not_now, one.mark) for one in offered],
            )
        self._page(self._sees(found.alert.officer.id, found))

    def _doing(self, who: str, found: Known | None = None) -> Doing:
        return Doing(self._actor(who), new_act_key(), found.alert.version if found else 0)

    def _actor(self, who: str) -> Actor:
        if who not in self.actors:
            self.actors[who] = self.desk.actor(who)
        return self.actors[who]

    def _sees(self, who: str, found: Known) -> Seen:
        return see(self.desk.office, who, found.alert.reference, record=False)

    def _page(self, seen: Seen) -> None:
        clocks, run = seen.clocks, seen.known.alert.run
        due = [
            one and (one.by, str(one.clock))
            for one in (clocks.response, clocks.settle, clocks.time_limit)
        ]
        self.say(
            "dates",
            due,
            clocks.agreed,
            clocks.hold,
            clocks.settle_by,
            clocks.escalate_by,
            clocks.days_to_spare,
        )
        self.say(
            "dates", [(one.step.id, one.due and one.due.by, one.step.within) for one in seen.steps]
        )
        self.say("shown", [_by_when(seen, one) for one in seen.steps])
        self.say(
            "status", seen.where.standing, seen.where.sentence, seen.where.next_act, seen.where.by
        )
        self.say(
            "status",
            seen.warnings,
            seen.ways_out,
            [one.id for one in seen.known.ways_up],
            seen.known.routes,
        )
        if run is not None:
            self.say(
                "recipients",
                [one.id or one.name for one in run.sent.asked],
                [one.id for one in run.sent.copied],
            )
            self.say("recipients", run.asked_posts)

    def _letters(self) -> None:
        mails = Counter(self.desk.mails())
        for person, notice, text in sorted((mails - self.mails).elements()):
            kept = [line for line in text.splitlines() if "http" not in line]
            self.say("e-mails", person, notice, " ".join(kept))
        self.mails = mails

    def ended(self, found: Known | None) -> None:
        """What is printed of it, and what the log keeps."""
        if found is None:
            return
        office = self.desk.office
        used = sources(office, found, found.alert.raised.form)
        whole = paper(found.alert, used, date(2026, 8, 3))
        self.say("documents", sorted(whole.items()))
        self.say("documents", file_note(found.alert, used, office.now()))
        self.say("documents", file_name(office, found, ".zip"))
        for event in printed_acts(found.alert):
            form = office.form(found.files, printed_form(event.kind))
            made = act_paper(
                found.alert, event.number, ActSources(used, form, frozenset(), {}), date(2026, 8, 3)
            )
            self.say("documents", sorted(made.items()))
        form = office.form(found.files, found.alert.raised.form)
        rows = log_rows(
            found.alert, found.files.procedure, form, england(today=date(2026, 8, 3)), "child"
        )
        self.say("log", rows)
        for line in self._sees(found.alert.officer.id, found).history:
            self.say("history", line.when, line.who, line.what, line.said)

    # -- the alerts ------------------------------------------------------------------------------

    def _leaver(self) -> None:
        found = self.raised("iro_a", "quick", "at-once", case="leaver", gate="no", gate_told="")
        if found is not None:
            self.say("rights", see(self.desk.office, "iro_a", found.alert.reference).about_child)
        found = self.did("iro_a", found, Act.CLOSE, changes=["safer"])
        self.ended(found)
        self._kept(found)

    def _kept(self, found: Known | None) -> None:
        """Until when a record like this is kept, for each whom it may be about, filed elsewhere or not."""
        if found is None:
            return
        alert, procedure, day = found.alert, self._files.procedure, found.alert.raised_at
        filed = Filed(on=day.date(), document="D-12", up_to=999, until=day, text="By post.")
        for subject in procedure.case_titles:
            born = {"case_status": subject, "date_of_birth": "2014-03-09"}
            new = {"raised_as": subject, "answers": {**alert.answers, **born}}
            raised = alert.raised.model_copy(update=new)
            for beside in ((), ((day, filed),)):
                like = replace(alert, raised=raised, beside=beside)
                self.say("kept", subject, time_kept(like, procedure))

    def _concern(self) -> None:
        iro, named = "iro_a", {"gate": "no", "settle_by": date(2026, 6, 5)}
        self.raised(iro, "concern", "talk", gate="no")
        found = self.raised(iro, "concern", "talk", **named)
        self.day("Wed 2026-06-03", found)
        found = self.did(_asked(found), found, Act.ANSWER, text="We talked.", response="other")
        found = self.did(
            iro, found, Act.REVIEW_RESPONSE, verdict="not_satisfactory", reason="No date."
        )
        self.day("Thu 2026-06-04", found)
        found = self.climbed(iro, found, "step-1", copy_to_head="yes")
        found = self.climbed(iro, found, "step-1", copy_to_head="yes", rationale="No date.")
        self.day("Fri 2026-06-05", found)
        found = self.did(
            iro,
            found,
            Act.AGREE_DATE,
            until="2026-06-11",
            agreed_with="the manager",
            reason="Leave.",
        )
        self._promised(found)

    def _promised(self, found: Known | None) -> None:
        iro = "iro_a"
        self.day("Fri 2026-06-12", found)
        promise = {"text": "Soon.", "response": "will_be_done", "promise_by": "2026-06-19"}
        found = self.did(_asked(found), found, Act.ANSWER, **promise)
        found = self.did(iro, found, Act.HOLD, until="2026-07-03", task_owner="the manager")
        found = self.did(iro, found, Act.HOLD, until="2026-06-19", task_owner="the manager")
        found = self.did(iro, found, Act.REVIEW_HOLD, on_track="no", text="Nothing.")
        self.day("Mon 2026-06-22", found)
        found = self.did(
            iro, found, Act.REVIEW_RESPONSE, verdict="not_satisfactory", reason="Not done."
        )
        found = self.did(
            iro, found, Act.REFER, route="cafcass", reason="Long.", consultation="discussed"
        )
        found = self.did(
            iro, found, Act.REFER, route="legal_advice", reason="Law.", consultation=""
        )
        found = self.did(iro, found, Act.STANDSTILL, action="No move.", told="All")
        grave = {
            "event": "death of a child",
            "told": "All",
            "on": "2026-06-22",
            "at": "08:30",
            "by": "Me",
        }
        found = self.did(iro, found, Act.OVERRIDE, **grave)
        found = self.climbed("lead_a", found, "step-2")
        found = self.climbed(
            iro, found, "step-2", rationale="Not done.", ground="repeated", remarks="None."
        )
        self._steps(found)

    def _steps(self, found: Known | None) -> None:
        iro, lead = "iro_a", "lead_a"
        step = {"took_place": "yes", "on": "2026-06-23", "at": "10:00", "text": "Held."}
        self.day("Wed 2026-06-24", found)
        found = self.did(lead, found, Act.STEP, step="discussion", outcome="not settled", **step)
        found = self.did(lead, found, Act.STEP, step="note", **{**step, "at": "11:00"}, outcome="")
        self.day("Thu 2026-07-02", found)
        found = self.did(lead, found, Act.STEP, step="meeting", **step, outcome="")
        found = self.did(
            lead, found, Act.REVIEW_RESPONSE, verdict="not_satisfactory", reason="Not settled."
        )
        found = self.climbed(iro, found, "step-3", remarks="None.")
        found = self.climbed(iro, found, "step-3", rationale="Not settled.", remarks="None.")
        found = self.did(
            iro,
            found,
            Act.STEP,
            step="decision",
            **{**step, "on": "2026-07-02", "at": "08:00"},
            outcome="",
        )
        found = self.did(_asked(found), found, Act.ANSWER, text="No.", response="will_not_be_done")
        found = self.did(iro, found, Act.REVIEW_RESPONSE, verdict="not_satisfactory", reason="No.")
        self.climbed(iro, found, "step-4", remarks="None.")
        found = self.did(
            iro, found, Act.CLOSE, ending="put_right", what_changed="All of it.", changes=["safer"]
        )
        self.ended(found)

    def _chairs(self) -> None:
        self.raised("iro_a", "chairs_concern", "step-1", gate="no", entry_reason="Now.")
        self.raised("chair_a", "concern", "step-1", gate="no")
        found = self.raised("chair_a", "chairs_concern", "step-1", gate="no", entry_reason="Now.")
        self.day("Tue 2026-06-09", found)
        self.day("Tue 2026-06-16", found)
        found = self.climbed("chair_a", found, "step-2", rationale="Silence.", remarks="None.")
        grave = {"exceptional": "yes", "agreed_with": "the head", "reason": "Two courts."}
        found = self.did("lead_a", found, Act.AGREE_DATE, **grave)
        self.ended(found)

    def _urgent(self) -> None:
        self.raised("iro_a", "concern", "step-3", gate="yes", entry_reason="Now.")
        found = self.raised(
            "iro_a",
            "concern",
            "step-3",
            gate="yes",
            gate_told="The Head of Care",
            entry_reason="Now.",
        )
        self.day("Wed 2026-06-10", found)
        self.ended(found)

    def _quick(self) -> None:
        self.raised("iro_b", "quick", "at-once", gate="no", gate_told="")
        found = self.raised(
            "iro_b", "quick", "at-once", gate="no", gate_told="", asked=("service_manager_a",)
        )
        self.day("Tue 2026-06-02", found)

    def _agency(self) -> None:
        self.raised("chair_a", "agency", "health-1", partner="health")
        found = self.raised("iro_a", "agency", "health-1", partner="health")
        self.day("Mon 2026-06-08", found)
        self.ended(found)

    def _praise(self) -> None:
        found = self.raised("iro_a", "praise", None)
        self.ended(found)


class _Differs(Exception):
    pass


@dataclass
class _Compared(_Told):
    before: Outcome = field(default_factory=dict)
    but_for: frozenset[str] = frozenset()

    def say(self, facet: str, *what: object) -> None:
        super().say(facet, *what)
        lines, then = self.lines[facet], self.before.get(facet, ())
        if facet in self.but_for:
            return
        if len(lines) > len(then) or lines[-1] != then[len(lines) - 1]:
            raise _Differs


_TYPED = {
    "case_number": "1234",
    "team": TEAM,
    "risk": "high",
    "why_high": "The home ends in July.",
    "social_worker": "Sw_B Sample",
    "sent_to": "Nel Nurse",
    "summary_for_log": "Nothing has moved on",
    "council": "Tarnbrook",
}


def _typed(form: Form, raised_as: str, *, own: bool = False) -> dict[str, Any]:
    """What is typed on it, everything that is asked; of an act's form only what is the council's own, or must be."""
    every = filled(form)
    asked = {one.id: one for one in form.fields()}
    if own:
        every = {name: value for name, value in every.items() if asked[name].required}
    fixed = {name: value for name, value in _TYPED.items() if name in every}
    return {**every, **fixed, **({"raised_as": raised_as} if "raised_as" in every else {})}


def _chosen(reached: Recipients) -> tuple[str, ...]:
    """Where one of several has to be chosen, the first; nothing where it is known who is meant."""
    asked = [line for line in reached.lines if line.is_asked]
    if all(line.people for line in asked):
        return ()
    each = (line.people or (line.seat.options or line.seat.candidates)[:1] for line in asked)
    return tuple(one.id or by_hand(one.name) for people in each for one in people)


def _asked(found: Known | None) -> str:
    """Somebody who is asked now; nobody where the alert was never sent."""
    people = found.run.sent.asked if found and found.alert.run else ()
    return next((one.id for one in people if one.id), "nobody")
