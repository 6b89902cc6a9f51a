"""Facts of the five texts that were once wrong or missing, each with its right value."""

import re
import zipfile
from io import BytesIO

import pytest

from practice_alerts import ROOT
from practice_alerts.adapters.documents.starter.alert_template import starter
from practice_alerts.domain.forms.form import UNSEEN
from practice_alerts.domain.forms.validation import faults_in
from practice_alerts.domain.guide.pages.aspects import Compared, aspects
from practice_alerts.domain.guide.pages.audiences import (
    asked_of_managers,
    asked_of_social_workers,
    oversight_everywhere,
)
from practice_alerts.domain.guide.parts.stage_times import told_times
from practice_alerts.domain.procedure.beside_text import said_of_ours
from practice_alerts.domain.procedure.posts import read_who
from practice_alerts.domain.procedure.procedure import Ours
from practice_alerts.domain.wording.definitions import who_in_words
from tests.domain.guide.test_guide_pages import pages_of, plain, real
from tests.helpers.calendar_2025 import CALENDAR_2025
from tests.helpers.days import day
from tests.helpers.files.real_councils import IDS, council
from tests.helpers.files.word_files import texts


def docx_of(name: str, form: str) -> bytes:
    return (ROOT / f"form_templates/{name}/{form}.docx").read_bytes()


CHAPTERS = {
    "lambeth": (
        "those who hold cases in Early Help",
        "kept among the council's procedures on Tri-X",
        "https://www.lambethsaferchildren.org.uk/escalation-policy",
        "https://www.gov.uk/guidance/youth-offending-teams-london",
        "https://www.england.nhs.uk/ccg-details/",
        "https://www.local.gov.uk/",
    ),
    "merton": (
        "one on reviews of looked-after children, and one on how IROs are appointed",
        "obliges each authority to appoint an IRO",
        "a guardian, whom the court appoints",
        "a timetable for the child",
        "monitoring and evaluation",
        "travel to meetings, and advise the child",
    ),
    "northamptonshire": ("late from the second review on", "an eligible child a relevant child"),
    "knowsley": ("strong in them", "HOS/Team Manager"),
    "unnamed-2015": (),
}


@pytest.mark.parametrize(
    ("name", "said"), [(name, one) for name, told in CHAPTERS.items() for one in told]
)
def test_the_manual_says_what_the_text_says(name: str, said: str) -> None:
    told = " ".join(page.read_text("utf-8") for page in council(name).pages)
    assert said in told


def test_two_copies_go_where_the_text_prints_two_people_and_to_their_posts() -> None:
    ladder = council("lambeth").procedure.partners["doctors-cla-admin"]
    copied = ladder.stage("stage-3").copy_
    assert copied is not None
    assert set(copied.roles) == {"assistant_service_manager_health", "named_doctor_cla"}
    assert {"L30", "L31"} <= {one.id for one in council("lambeth").procedure.readings}


def test_head_of_service_and_team_manager_both_get_knowsleys_copy() -> None:
    copied = council("knowsley").procedure.main_ladder.stage("stage-2").copy_
    assert copied is not None
    assert copied.how == "all_of"
    assert [(post.role, post.of) for post in copied.each] == [
        ("head_of_service", "council"),
        ("team_manager", "child"),
        ("team_manager", "raiser"),
    ] or set(copied.roles) == {"head_of_service", "team_manager"}


@pytest.mark.parametrize(
    ("reached", "asked"),
    [
        (("stage-1",), True),
        (("stage-1", "stage-2"), True),
        (("stage-1", "stage-2", "stage-3"), False),
        (("stage-1", "stage-2", "stage-3", "stage-4"), False),
    ],
)
def test_a_date_for_actions_is_asked_where_the_text_names_one(
    reached: tuple[str, ...], asked: bool
) -> None:
    fields = council("knowsley").forms["challenge"].fields(filled_by="raiser", repeats="stage")
    assert ("actions_by" in faults_in(fields, {"actions": "Visit."}, reached=reached)) is asked


def test_the_threat_is_what_is_immediate() -> None:
    overrides = council("lambeth").procedure.overrides
    assert overrides is not None
    assert "the threat of judicial review is immediate" in overrides.events


# -- forms that were seen, and others ----------------------------------------------------------------

EVERY_FORM = [(name, form) for name in IDS for form in council(name).forms]
SEEN = [("lambeth", "practice_alert")]


@pytest.mark.parametrize(("name", "form_name"), EVERY_FORM)
def test_not_on_the_paper_form_is_said_of_forms_that_were_seen_alone(
    name: str, form_name: str
) -> None:
    form = council(name).forms[form_name]
    is_seen = (name, form_name) in SEEN
    assert form.paper_seen is is_seen
    assert (form.said_of_ours == "Not on the paper form") is is_seen
    assert is_seen or form.said_of_ours == UNSEEN
    for document in (
        docx_of(name, form_name),
        starter(form, council(name).procedure.council),
    ):
        told = " ".join(texts(document))
        assert ("not on the paper form" in told) is is_seen
        assert "was added to it" not in told
        assert ("(added)" in told) is is_seen


@pytest.mark.parametrize(("name", "form_name"), EVERY_FORM)
def test_a_document_says_of_an_unseen_form_what_its_text_names(name: str, form_name: str) -> None:
    form = council(name).forms[form_name]
    if form.paper is None or form.paper_seen:
        return
    told = " ".join(texts(docx_of(name, form_name)))
    assert "We have not seen it" in told
    made = " ".join(texts(starter(form, council(name).procedure.council)))
    note = made[made.index("The council's own form") : made.index("asked by this product.")]
    assert note in told


@pytest.mark.parametrize(("name", "form_name"), EVERY_FORM)
def test_a_document_without_a_paper_form_says_that_all_of_it_is_ours(
    name: str, form_name: str
) -> None:
    form = council(name).forms[form_name]
    assert (form.paper is None) == all(field.ours for field in form.fields())
    for document in (docx_of(name, form_name), starter(form, council(name).procedure.council)):
        told = " ".join(texts(document))
        assert ("The procedure prints no form for this" in told) is (form.paper is None)


def test_lambeths_document_is_its_paper_form() -> None:
    docx = docx_of("lambeth", "practice_alert")
    told = " ".join(texts(docx))
    assert "settle the matter beforehand" not in told
    assert "Why it goes to this stage (asked for by the policy, not on its form)" in told
    document = zipfile.ZipFile(BytesIO(docx)).read("word/document.xml").decode()
    assert document.count("{{ loop.index }}. {{ item.text }}") == 2


@pytest.mark.parametrize("name", IDS)
def test_the_page_of_forms_says_what_was_not_seen(name: str) -> None:
    page = plain(pages_of(real(name))["forms"])
    unseen = [form for form in council(name).forms.values() if form.paper and not form.paper_seen]
    assert page.count("We have not seen it") == len(unseen)
    assert "Asked for by no form" not in page


# -- the doors ---------------------------------------------------------------------------------------


def _rows(table: str) -> list[str]:
    return [plain(row) for row in table.split("<tr")]


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("Northamptonshire", "Informal"),
        ("Merton", "Informal"),
        ("Merton", "Stage One"),
        ("Lambeth", "Informal stage"),
        ("Knowsley", "STAGE 1"),
        ("Unnamed council (2015)", "Stage 1"),
    ],
)
def test_managers_find_each_stage_at_which_a_manager_answers_or_receives(
    name: str, stage: str
) -> None:
    rows = _rows(asked_of_managers([real(one) for one in IDS]))
    assert [row for row in rows if name in row and f" {stage} " in f"{row} "]


def test_social_workers_find_their_stages_and_no_others() -> None:
    rows = _rows(asked_of_social_workers([real("merton")]))
    assert len([row for row in rows if "Merton" in row]) == 2
    assert any("sent to Social Worker and Team Manager" in row for row in rows)


def test_the_door_of_quality_assurance_knows_northamptonshires_supervision() -> None:
    told = plain(oversight_everywhere([real(one) for one in IDS]))
    assert "Northamptonshire Supervision of each escalation" in told
    assert "The source says nothing about oversight" not in told
    assert (
        "The procedures of Knowsley and Unnamed council (2015) ask nobody to watch over the whole"
        in told
    )


# -- advice of ours ----------------------------------------------------------------------------------

ADVICE = {
    "procedures/lambeth/25-social-workers-and-managers.md": "and asks you to see to it.",
    "procedures/lambeth/70-oversight.md": "and what changed for the child.",
    "procedures/northamptonshire/50-the-child.md": "The wishes belong in the record all the same.",
    "procedures/northamptonshire/60-climbing-the-ladder.md": "The product asks for a reason.",
    "procedures/lambeth/35-the-ladder.md": "when it is not the informal one.",
    "procedures/lambeth/20-iro-and-chair.md": "the product asks you for the reason.",
    "procedures/merton/20-what-an-alert-is.md": "Say as well what ought to happen.",
    "procedures/lambeth/75-good-practice.md": "people like to hear it.",
    "procedures/lambeth/15-what-an-alert-is.md": "Before anything is written, talk.",
    "procedures/lambeth/40-time-and-holds.md": "if you want to avoid drift.",
    "procedures/merton/98-not-said.md": "and written about afterwards.",
    "procedures/unnamed-2015/25-social-workers-and-managers.md": "wait for the next review.",
    "procedures/unnamed-2015/30-the-childs-rights.md": "document repeats them or not.",
    "procedures/unnamed-2015/40-time-and-holds.md": "where an alert comes to rest.",
    "procedures/unnamed-2015/98-not-said.md": "what a report could be made from.",
    "practice_alerts/adapters/guide/texts/social-worker.md": "who wrote this guide.",
    "practice_alerts/adapters/guide/texts/team-manager.md": "who wrote this guide.",
    "practice_alerts/adapters/guide/texts/iro.md": "than one that describes ten.",
    "practice_alerts/adapters/guide/texts/qa-lead.md": "They often mean one that notices.",
}


@pytest.mark.parametrize(("file", "said"), ADVICE.items())
def test_advice_of_ours_is_marked(file: str, said: str) -> None:
    assert f"{said} (ours)" in (ROOT / file).read_text("utf-8")


@pytest.mark.parametrize("name", IDS)
def test_the_mark_is_drawn_and_explained(name: str) -> None:
    pages = pages_of(real(name))
    assert all("(ours)" not in page for page in pages.values())
    assert 'marked <span class="tag">ours</span> rests on no council' in pages[""]
    asked = "with a reason when it is not the first"
    assert pages["stages"].count(asked) == pages["stages"].count(f'{asked} <span class="tag">ours')


def test_grounds_in_place_of_categories_are_led_to() -> None:
    page = pages_of(real("unnamed-2015"))["categories"]
    assert "In their place it gives grounds for Issue Notification and Stage 1" in plain(page)
    assert 'href="../stages/#issue-notification"' in page
    assert "nothing about categories" not in page
    assert "nothing about categories" in pages_of(real("knowsley"))["categories"]


@pytest.mark.parametrize("name", IDS)
def test_a_range_of_readings_in_the_manual_ends_with_the_last(name: str) -> None:
    last = council(name).procedure.readings[-1].id
    for page in council(name).pages:
        for first, end in re.findall(r"\(([A-Z]1) to ([A-Z]\d+)\)", page.read_text("utf-8")):
            assert (first, end) == (f"{last[0]}1", last)


def test_an_aim_is_never_told_as_a_longest_time() -> None:
    told = pages_of(real("knowsley"))["climbing-the-ladder"]
    assert "no longer than 5 working days (an aim)" not in plain(told).replace(" (", " (")


def test_what_a_text_says_of_one_ladder_alone_is_not_denied_for_another() -> None:
    procedure = council("lambeth").procedure
    said = said_of_ours(procedure, procedure.partners["police"], Ours.HOLD)
    assert said.endswith("Lambeth speaks of a hold until an agreed day elsewhere, and not here.")
    assert said_of_ours(procedure, procedure.main_ladder, Ours.HOLD) == ""
    other = council("merton").procedure
    told = said_of_ours(other, other.main_ladder, Ours.HOLD)
    assert told.endswith("Merton does not speak of a hold until an agreed day.")


def test_one_day_is_agreed_informally_at_northamptonshire_and_told_as_one() -> None:
    ladder = council("northamptonshire").procedure.main_ladder
    (time,) = told_times("resolution", ladder, ladder.stage("informal"))
    assert time.in_words == "by an agreed date to answer and to put it right"
    shown = plain(pages_of(real("northamptonshire"))[""])
    assert "by an agreed date and by an agreed date" not in shown
    lambeth = council("lambeth").procedure.main_ladder
    told = told_times("resolution", lambeth, lambeth.stage("informal"))
    assert [one.in_words for one in told] == ["by an agreed date to put it right"]


def test_a_comparison_has_the_grounds_where_a_text_has_no_categories() -> None:
    unnamed = real("unnamed-2015")
    compared = Compared(unnamed, "", day("Mon 2025-03-03"), CALENDAR_2025)
    told = plain(dict(aspects(compared))["Categories or grounds"])
    assert told.startswith("Poor practice Social worker absent from the statutory review")


def test_whose_a_post_is_reads_on_in_a_sentence() -> None:
    pages = "".join(map(plain, pages_of(real("lambeth")).values()))
    assert "The doctor concerned at the agency" in pages
    assert "SEN service where the child is placed, Head of the Virtual School" in pages
    assert "where the child is placed of the area" not in pages
    assert "Station Commander of the area where the child is placed" in pages
    lambeth = council("lambeth").procedure
    sen = lambeth.partners["virtual-school"].stage("stage-2").copy_
    for written, read in (
        (sen, "Assistant Director, Children's Services, SEN service where the child is placed and"),
        (read_who([{"role": "sen_placement", "of": "placement_area"}]), "SEN service where the"),
    ):
        assert who_in_words(written, lambeth).startswith(read)
    nurses = lambeth.partners["health-cla-nurse"].stage("stage-3").answer
    assert nurses is not None
    assert who_in_words(nurses.by, lambeth) == (
        "Designated Nurse and Designated Doctor for children looked after at the agency"
    )
    stages = plain(pages_of(real("northamptonshire"))["stages"])
    assert (
        "IRO Manager or Child Protection Chair Manager of whoever raised it, before leaving this stage"
        in stages
    )
    rung = plain(asked_of_social_workers([real("unnamed-2015")]))
    assert rung.endswith("Stage 1 Normally Social Worker and Team Manager 10 working days")


def test_what_sends_an_alert_on_is_marked_where_the_text_does_not_say_it() -> None:
    lambeth, unnamed = pages_of(real("lambeth")), pages_of(real("unnamed-2015"))
    said = 'No answer in time or the answer is not satisfactory. <span class="tag">ours</span>'
    assert lambeth["partner-agencies"].count(said) == 1  # once, for all sixteen
    assert said not in lambeth["stages"]
    whole = plain(unnamed["stages"]).split("## Issue Notification")[0]
    assert "It goes on when" not in whole, "there each stage has grounds of its own"
