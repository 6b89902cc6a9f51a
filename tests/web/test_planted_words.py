"""Words planted in each part of an alert, looked for by every relation on every face."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from practice_alerts.adapters.store.alerts import current_state
from practice_alerts.adapters.store.office import directory
from practice_alerts.adapters.store.office.directory import DirectoryPerson
from practice_alerts.casework.acts.by_act import VERBS
from practice_alerts.casework.acts.notes_and_corrections import correct
from practice_alerts.casework.core.loaded_alert import Known, load
from practice_alerts.casework.directory import audit_samples
from practice_alerts.casework.directory.audit_samples import SampleWanted
from practice_alerts.casework.documents.export import DateRange, documents
from practice_alerts.casework.jobs.sync_log import rebuild_log
from practice_alerts.casework.views import work_tray
from practice_alerts.domain.acts.act_shape import Relation
from practice_alerts.domain.acts.permissions import Act, relations, stands
from practice_alerts.domain.alert.choices import Part
from practice_alerts.domain.directory.audit_samples import MOST
from practice_alerts.domain.seeing.readers import SEEN, Sight
from tests.helpers.files.word_files import texts
from tests.helpers.product.asgi_client import Asking
from tests.helpers.product.office import LONG_AGO, POSTS, READERS, Desk
from tests.helpers.product.two_councils import TwoCouncils, browser, open_two_councils
from tests.helpers.stories.played import Played
from tests.web.conftest import served

BEGAN = "Mon 2025-06-02"


@dataclass(frozen=True)
class Planted:
    """Where a word was planted, and by whom."""

    part: Part
    by: str


WORDS = {
    "Kestrelnote": Planted(Part.SHARED, "iro"),
    "Kestrelroute": Planted(Part.SHARED, "iro"),
    "Kestrelbeside": Planted(Part.SHARED, "manager"),
    "Kestrelasked": Planted(Part.SHARED, "manager"),
    "Kestreltold": Planted(Part.SHARED, "iro"),
    "Kestrelrecorded": Planted(Part.SHARED, "iro"),
    "Kestrelfile": Planted(Part.SHARED, "iro"),
    "Wrenote": Planted(Part.OWN, "iro"),
    "Wrensuper": Planted(Part.OWN, "boss"),
    "Wrentalk": Planted(Part.OWN, "iro"),
    "Wrenlater": Planted(Part.OWN, "other_iro"),
    "Wrenchild": Planted(Part.OWN, "iro"),
    "Wrenmarked": Planted(Part.OWN, "iro"),
    "Wrenwants": Planted(Part.OWN, "iro"),
    "Owlnote": Planted(Part.LEGAL, "iro"),
    "Owladvice": Planted(Part.LEGAL, "iro"),
    "Owlspoken": Planted(Part.LEGAL, "iro"),
    "Owlchild": Planted(Part.LEGAL, "iro"),
    "Owlfollow": Planted(Part.LEGAL, "iro"),
}
IN_CONFIDENCE = {"child_view": "Wrenwants", "child_view_not_passed_on": "yes"}
NAMED = "boss_2"
"""Named to read the advice, as the first officer's manager and the later one's."""

SECOND = tuple(f"{who}_2" for who in POSTS)
COVERS = {"iro_3": "other_iro", "elsewhere": "service", "chief_2": "boss"}
"""Who stands in, and for whom."""
THERE = ("merton-iro", "merton-team_manager", "merton-boss", "merton-qa")
EVERYBODY = (*POSTS, *READERS, *SECOND, "iro_3", "told", "told_2", "chair", *THERE)
"""Two holders of each post, covers, and the second council's people."""


@dataclass
class Looked:
    two: TwoCouncils
    app: object
    loop: object
    found: Known

    @property
    def desk(self) -> Desk:
        return self.two.desk

    @property
    def reference(self) -> str:
        return self.found.alert.reference

    def known(self) -> Known:
        with self.desk.office.database.reading() as tx:
            return load(self.desk.office, tx, self.found.id)

    def as_(self, who: str) -> Asking:
        return browser(self.app, self.loop, self.two.home, self.two.session(who))  # type: ignore[arg-type]

    def askings(self) -> list[str]:
        with self.desk.office.database.reading() as tx:
            return [one.id for one in current_state.askings_of(tx, self.found.id)]

    def allowed(self, who: str) -> dict[str, bool]:
        """What the table says of each word, worked out beside the product's own way."""
        known, actor = self.known(), self.desk.actor(who)
        named = known.rules.named(known.alert)
        how = stands(actor, known.alert, named).deciding

        def reads(one: Planted) -> bool:
            cells = {SEEN[relation][one.part] for relation in how}
            is_named = one.part is Part.LEGAL and who == NAMED
            return Sight.YES in cells or (Sight.NAMED in cells and (is_named or one.by == who))

        sees = bool(relations(actor, known.alert, named))
        return {
            word: sees and (one.part is Part.SHARED or reads(one)) for word, one in WORDS.items()
        }


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Looked]:
    with opened(tmp_path_factory.mktemp("planted")) as found:
        yield found


@contextmanager
def opened(folder: Path, plant: Callable[[Desk], Known] | None = None) -> Iterator[Looked]:
    """An office of its own with one alert in which the words are planted."""
    (folder / "guide").mkdir()
    (folder / "guide" / "index.html").write_text("<h1>The guide</h1>", "utf-8")
    two = open_two_councils(folder / "data")
    enter_seconds(two.desk)
    found = (plant or planted)(two.desk)
    until = two.desk.office.today
    sample = SampleWanted("Are alerts followed up?", MOST, until)
    drawn = audit_samples.draw(two.desk.office, two.desk.actor("qa"), sample)
    assert found.alert.reference in drawn.drawn
    rebuild_log(two.desk.office)
    with served(lambda: two.app(folder / "guide")) as (app, loop):
        yield Looked(two, app, loop, found)
    two.desk.office.database.close()


def enter_seconds(desk: Desk) -> None:
    people = {f"{who}_2": post for who, post in POSTS.items()} | {
        "iro_3": ("iro", ""),
        "told": ("qa_service", ""),
        "told_2": ("qa_service", ""),
    }
    with desk.office.database.writing() as tx:
        for who, (post, team) in people.items():
            somebody = DirectoryPerson(who, f"{who.title()} Second", f"{who}@practice.invalid")
            directory.add_person(tx, somebody, [("lambeth", post, team)], LONG_AGO)
        for stands_in, away in COVERS.items():
            until = desk.office.today.replace(year=2026)
            directory.add_cover(tx, away, stands_in, LONG_AGO, until)


def raised_and_marked(desk: Desk) -> Known:
    """With the child's words, of which it is said afterwards that they are not to be passed on."""
    found = desk.raised("stage-1", child_view="Wrenchild")
    wrong = {"question": "1:child_view_not_passed_on", "reason": "Wrenmarked"}
    return correct(desk.office, found.id, wrong, "yes", desk.doing("iro", found))


def planted(desk: Desk) -> Known:
    """Asked of the team manager, gone up to the service manager, and given to another officer on the way."""
    tale = Played(desk, raised_and_marked(desk.at(BEGAN)))
    tale.does("iro", Act.NOTE, text="Kestrelnote")
    tale.does("iro", Act.NOTE, text="Wrenote", part="own")
    tale.does("iro", Act.NOTE, text="Owlnote", part="legal", readers=[NAMED])
    view = {"agreement": "supervision", "who": "The manager", "on": "2025-06-02"}
    doing = desk.doing("boss", tale.alert)
    view["text"] = "Wrensuper"
    tale.found = VERBS[Act.SIGN_OFF](desk.office, tale.alert.id, view, doing)
    talked = {"consulted": "Wrentalk", "reason": "Kestrelroute", **IN_CONFIDENCE}
    tale.does("iro", Act.REFER, route="cafcass", **talked)
    advice = {"reason": "Owladvice", "consulted": "Owlspoken", "child_view": "Owlchild"}
    tale.does("iro", Act.REFER, route="legal_advice", readers=[NAMED], **advice)
    number = str(tale.alert.alert.referrals[-1].number)
    became = {"referral": number, "happened": "decided", "on": "2025-06-02"}
    tale.does("iro", Act.FOLLOW_UP, text="Owlfollow", **became)
    tale.does("manager", Act.NOT_THEIRS, text="Kestrelbeside", who_else="Somebody")
    tale.does("manager", Act.ASK_QUESTION, text="Kestrelasked")
    tale.does("iro", Act.ANSWER_QUESTION, question="1", text="Kestreltold")
    came = {"channel": "email", "on": "2025-06-02", "response": "other", "evidence": "Kestrelfile"}
    tale.does("iro", Act.RECORD_ANSWER, text="Kestrelrecorded", **came)
    tale.goes_on("iro", "stage-2", "service")
    tale.does("boss", Act.HAND_ON, to="other_iro", reason="Leave.")
    tale.does("other_iro", Act.NOTE, text="Wrenlater", part="own")
    return tale.alert


def said_in(body: bytes) -> str:
    """Every word of a file, with those of the files in it."""
    if not body.startswith(b"PK"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as pack:
        names = pack.namelist()
        if "word/document.xml" in names:
            return "\n".join(texts(body))
        return "\n".join(said_in(pack.read(name)) for name in names)


def page(looked: Looked, who: str) -> str:
    """All that the alert's page is made of."""
    return repr(looked.desk.see(who, looked.found)) if can_open(looked, who) else ""


def can_open(looked: Looked, who: str) -> bool:
    return looked.desk.can_open(who, looked.found)


def over_http(looked: Looked, who: str) -> dict[str, str]:
    """Everything that answers this person by an address of its own."""
    asks, start = looked.as_(who), f"/documents/{looked.reference}"
    acts = [
        f"{start}/{name}-{event.number}{end}"
        for event in looked.known().alert.happened
        for name in ("referral", "verdict", "step")
        for end in ("", ".docx")
    ]
    addresses = [start, f"{start}.docx", f"{start}.zip", *acts]
    addresses += [f"/respond/{one}" for one in looked.askings()]
    addresses += [looked.two.calendar(who), "/log/lambeth/happenings.json?_shape=array"]
    return {one: said_in(asks.get(one).content) for one in addresses}


@pytest.mark.parametrize("who", EVERYBODY)
def test_nobody_reads_anywhere_what_the_table_does_not_give_them(looked: Looked, who: str) -> None:
    allowed = looked.allowed(who)
    faces = {"page": page(looked, who), **over_http(looked, who)}
    found = {(face, word) for face, said in faces.items() for word in WORDS if word in said}
    assert {one for one in found if not allowed[one[1]]} == set()
    # What is theirs to read they do read: on the page, and in what is handed out whole.
    words = {word for word, reads in allowed.items() if reads}
    assert {word for word in WORDS if word in faces["page"]} == words
    assert {word for word in WORDS if word in faces[f"/documents/{looked.reference}.zip"]} == words


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_word_finds_the_alert_for_those_who_may_read_it_where_it_stands(
    looked: Looked, who: str
) -> None:
    actor = looked.desk.actor(who)

    def finds(typed: str) -> bool:
        return bool(work_tray.search(looked.desk.office, actor, typed))

    words = {word for word, reads in looked.allowed(who).items() if reads}
    listed = finds(looked.reference)
    assert {word for word in WORDS if finds(word)} == (words if listed else set())
    assert {word for word in WORDS if finds(word[:-1].upper())} == (words if listed else set())
    # Words of two parts find it for whoever reads both.
    both = {one for one in WORDS if finds(f"Kestrelnote {one}")}
    assert both == (words if listed else set())
    lines = repr(work_tray.tray(looked.desk.office, actor))
    assert [word for word in WORDS if word in lines] == []


def test_all_who_list_alerts_were_among_those_who_searched(looked: Looked) -> None:
    listing = {
        who
        for who in EVERYBODY
        if work_tray.search(looked.desk.office, looked.desk.actor(who), looked.reference)
    }
    assert listing >= {"other_iro", "iro_3", NAMED, "boss", "manager", "service", "elsewhere"}
    assert "iro" in listing


def test_everybody_of_the_table_was_there(looked: Looked) -> None:
    known = looked.known()
    named = known.rules.named(known.alert)
    actors = [looked.desk.actor(who) for who in EVERYBODY]
    met = {how for one in actors for how in relations(one, known.alert, named)}
    assert {
        *(Relation.RAISER, Relation.COVERS_RAISER, Relation.GAVE_AWAY, Relation.ASKED),
        *(Relation.COVERS_ASKED, Relation.WAS_ASKED, Relation.COPIED),
        *(Relation.IRO_MANAGER, Relation.AUDIT_SAMPLE),
    } <= met


def test_each_side_reads_what_is_its_own(looked: Looked) -> None:
    def read(who: str) -> set[str]:
        said = page(looked, who)
        return {word for word in WORDS if word in said}

    shared = {word for word, one in WORDS.items() if one.part is Part.SHARED}
    own = {word for word, one in WORDS.items() if one.part is Part.OWN}
    assert read("other_iro") == read("iro_3") == read(NAMED) == {*WORDS}
    assert read("boss") == shared | own
    assert read("manager") == read("service") == read("elsewhere") == read("qa") == shared
    assert read("told") == read("told_2") == shared
    assert read("qa_2") == set(), "nothing was drawn for them"
    assert read("iro") == {*WORDS} - {"Wrensuper", "Wrenlater"}  # what they wrote themselves
    assert read("iro_2") == read("manager_2") == read("admin") == read("merton-iro") == set()


def test_a_command_hands_out_the_shared_record_alone(looked: Looked) -> None:
    today = looked.desk.office.today
    made = documents(looked.desk.office, DateRange("lambeth", today, today))
    said = "\n".join(said_in(one.document.body) for one in made if one.document)
    assert "Kestrelroute" in said
    assert [
        word for word, one in WORDS.items() if one.part is not Part.SHARED and word in said
    ] == []


def test_no_mail_and_no_log_has_a_planted_word(looked: Looked) -> None:
    mails = "\n".join(text for _, _, text in looked.desk.mails())
    files = [one for one in (looked.desk.office.settings.data / "log").rglob("*") if one.is_file()]
    assert files
    bodies = mails + "\n".join(one.read_bytes().decode("utf-8", "replace") for one in files)
    assert [word for word in WORDS if word in bodies] == []


def test_whoever_may_not_read_a_part_acts_all_the_same_on_what_they_saw(looked: Looked) -> None:
    known, seen = looked.known(), looked.desk.see("service", looked.found)
    assert seen.known.alert.version == known.alert.version
    assert len(seen.known.alert.happened) < len(known.alert.happened)


def test_the_history_for_a_program_says_whose_an_entry_is(looked: Looked) -> None:
    body = looked.as_("other_iro").get(f"/documents/{looked.reference}.zip").content
    with zipfile.ZipFile(io.BytesIO(body)) as pack:
        told = json.loads(pack.read(f"{looked.reference}-history.json"))
        note = pack.read(f"{looked.reference}-file-note.txt").decode()
    parts = [one["what"]["part"] for one in told["events"] if one["kind"] == "noted"]
    assert parts == ["shared", "own", "legal", "own"]
    assert "Do not put it where others read it" in " ".join(note.split())
    theirs = looked.as_("service").get(f"/documents/{looked.reference}.zip").content
    assert "Do not put it" not in " ".join(said_in(theirs).split())
