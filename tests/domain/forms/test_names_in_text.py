"""A line for the log names nobody, however the name is written; and an innocent one is not refused."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_alerts.domain.forms.names_in_text import what_identifies

KNOWN = ("Kit O'Brien", "S-100007", "Zoë Specimen", "Mo Muster", "2012-07-01")

NAMED = (
    ("Kit's health assessment is late", "Kit"),
    ("Kit’s health assessment is late", "Kit"),
    ("Kits health assessment is late", "Kit"),
    ("kit has no plan", "Kit"),
    ("KIT: no plan", "Kit"),
    ("No plan for “Kit”", "Kit"),
    ("Plan(Kit) late", "Kit"),
    ("Kit\u200b has no plan", "Kit"),
    ("\uff2b\uff49\uff54 has no plan", "Kit"),
    ("O’Brien not seen", "O'Brien"),
    ("OBrien not seen", "O'Brien"),
    ("O Brien not seen", "O'Brien"),
    ("O' Brien not seen", "O'Brien"),
    ("The O`Briens were not seen", "O'Brien"),
    ("O\u00b4Brien not seen", "O'Brien"),
    ("Brien not seen", "Brien"),
    ("Zoe did not visit", "Zoë"),
    ("ZOE did not visit", "Zoë"),
    ("Zoe\u0308's visit is late", "Zoë"),
    ("Mo to visit", "Mo"),
    ("The Musters were told", "Muster"),
    ("see S-100007", "S-100007"),
    ("see S100007", "S-100007"),
    ("see s 100 007", "S-100007"),
    ("see 100007", "S-100007"),
    ("born 01/07/2012", "01/07/2012"),
    ("born 1.7.12", "1.7.12"),
    ("born 2012-07-01", "2012-07-01"),
    ("born on 1 July 2012", "1 July 2012"),
    ("born 1st of July, 2012", "1st of July, 2012"),
    ("born July 1, 2012", "July 1, 2012"),
    ("born 01072012", "01072012"),
    ("born 010712", "010712"),
    ("born 7/1/2012", "7/1/2012"),
    ("born 1 July ’12", "1 July ’12"),
    ("born 01\u204407\u20442012", "01\u204407\u20442012"),
    ("Kit’ll wait", "Kit"),
    ("Kit'd waited", "Kit"),
    ("K.I.T. waits", "Kit"),
    ("K i t waits", "Kit"),
    ("MusterMo was told", "Mo Muster"),
)

OTHERS = (
    ("Anne-Marie Fictitious", "Marie waits"),
    ("Anne-Marie Fictitious", "AnneMarie waits"),
    ("Anne-Marie Fictitious", "Anne Marie waits"),
    ("Anne Marie Fictitious", "Anne-Marie waits"),
    ("Robin Sample-Muestra", "Muestra waits"),
    ("Ada Mac Donald", "MacDonald waits"),
    ("Ada MacDonald", "Mac Donald waits"),
    ("Ada de la Cruz", "Delacruz waits"),
    ("Ada Delacruz", "de la Cruz waits"),
    ("Jürgen Müller", "Mueller waits"),
    ("Jurgen Mueller", "Müller waits"),
    ("Søren Fiktiv", "Soren waits"),
    ("Soeren Fiktiv", "Søren waits"),
    ("Łucja Fiktiv", "Lucja waits"),
    ("Lucja Fiktiv", "Łucja’s plan"),
    ("Siân Fiktiv", "Sian waits"),
    ("Rhys ap Ifan", "Rhys' plan is late"),
    ("James Fiktiv", "James’ plan is late"),
    ("James Fiktiv", "James's plan is late"),
    ("Ada Jones", "The Joneses were not told"),
    ("Ngọc Fiktiv", "Ngoc waits"),
    ("अमीना Fiktiv", "अमीना waits"),
    ("Оля Fiktiv", "ОЛЯ waits"),
    ("0042-77", "Case 0042 77 drifts"),
    ("0042-77", "Case 004277 drifts"),
    ("R. J. Fiktiv", "RJ waits"),
    ("RJ Fiktiv", "R.J. waits"),
    ("Ada McDonald", "MacDonald waits"),
    ("Ada M’Donald", "McDonald waits"),
    ("Llŷr ap Gwynfor-Jones", "LLYR waits"),
    ("Llyr Gwynfor-Jones", "Llŷr ap Gwynfor’s plan"),
    ("Olúwaṣeun Adébáyọ̀", "ADEBAYO waits"),
    ("Ọlámidé Fiktiv", "Olamide waits"),
    ("Stanisław Żółć", "ZOLC waits"),
    ("FIKTIV, Robin (Bobby)", "Bobby waits"),
    ("943 476 5919", "NHS 9434765919"),
    ("9434765919", "NHS 943 476 5919"),
)

INNOCENT = (
    "PEP 2025/26 missing",
    "PEP 2025-26 missing",
    "PEP 2025–2026 missing",
    "PEP 2024/25 and 2025/26 missing",
    "PEP 2023/24-2025/26 missing",
    "No visit since 12/03/2026",
    "No visit since 12.03.26",
    "No visit since 2026-03-12",
    "No visit 12/03/2026-14/03/2026",
    "No visit 12/03/26 - 14/03/26",
    "No visit since 12 March 2026",
    "No visit since March 2026",
    "No visit 12/03 - 14/03",
    "Ages 3, 5, 10 and 12 were named",
    "3 of 12 visits in 2025 2026 done",
    "10-12 hours a week, not 15-20",
    "£1,200,000 is not at issue",
    "Six kits and a specimens list",
    "Zone 2 plan is late",
    "A moment was lost",
    "s. 20 consent of 2024 missing",
    "Contact 9.00-10.00 on 12.03.2026 missed",
    "Contact 10:30–11:45 missed",
    "Many more moments were lost",
    "No plan after 24 weeks, s47 not held",
)

RUNG = (
    "Ring 020 7946 0018",
    "Ring 02079460018",
    "Ring (01632) 960 983",
    "Ring +44 1632 960983",
    "Ring 01632–960983",
    "Ring 020.7946.0018",
    "Ring 07 12 34 56 78 90",
    "Ring 960 983",
    "Ring 020_7946_0018",
    "Ring 020·7946·0018",
    "Ring 020712 345678",
    "Ring 7946018",
    "See 1234567",
)


@pytest.mark.parametrize(("line", "said"), NAMED)
def test_what_names_somebody_is_found_however_it_is_written(line: str, said: str) -> None:
    found = what_identifies(line, KNOWN)
    assert found is not None
    assert f"'{said}'" in found


@pytest.mark.parametrize(("name", "line"), OTHERS)
def test_names_of_every_kind_are_known_again(name: str, line: str) -> None:
    assert what_identifies(line, (name,)) is not None


@pytest.mark.parametrize("line", INNOCENT)
def test_dates_years_and_ranges_name_nobody(line: str) -> None:
    assert what_identifies(line, KNOWN) is None


@pytest.mark.parametrize("line", RUNG)
def test_what_can_be_rung_or_looked_up_is_a_long_number(line: str) -> None:
    assert "long number" in str(what_identifies(line, ()))


def test_another_day_than_the_birthday_may_stand() -> None:
    assert what_identifies("No visit since 02/07/2012", KNOWN) is None


INITIALS = (
    ("Robin Muestra", "R.M. has no plan", "R.M."),
    ("Robin Muestra", "R. M. has no plan", "R. M."),
    ("Robin Muestra", "R M has no plan", "R M"),
    ("Robin Muestra", "The plan of RM is late", "RM"),
    ("Robin Muestra", "RM's plan is late", "RM"),
    ("Robin Muestra", "RM’s plan is late", "RM"),
    ("Robin Muestra", "RMs plan is late", "RM"),
    ("Robin Muestra", "(RM) no plan", "RM"),
    ("Robin Muestra", "rm has no plan", "rm"),
    ("Robin Muestra", "r.m. has no plan", "r.m."),
    ("Robin James Muestra", "RJM waits", "RJM"),
    ("Robin James Muestra", "RM waits", "RM"),
    ("Robin James Muestra", "RJ waits", "RJ"),
    ("Anne-Marie Fictitious", "A-M.F. waits", "A-M.F."),
    ("Anne-Marie Fictitious", "AF waits", "AF"),
    ("Kit O'Brien", "KO waits", "KO"),
    ("Kit O’Brien", "KOB waits", "KOB"),
    ("Ada McDonald", "AMD waits", "AMD"),
    ("Élodie Żółć", "EZ waits", "EZ"),
    ("FIKTIV, Robin", "RF waits", "RF"),
    ("Sam Wells", "S.W. has no plan", "S.W."),
)

NO_INITIALS = (
    ("Patricia Eve Park", "PEP is late"),
    ("Sid Worker", "SW has not visited"),
    ("Tina Mann", "No answer from the TM"),
    ("Ivan Ruben Otto", "IRO not told"),
    ("Ida Smith", "The plan IS late"),
    ("Paul Moor", "Contact at 3 p.m. missed"),
    ("Robin Muestra", "A farm visit, no RMX"),
    ("Robin Muestra", "Child R has no plan"),
    ("Robin", "R waits"),
    ("Head of Service", "HS not told"),
    ("S-100007 A", "SA form missing"),
)
"""Words, what the trade shortens itself, and one letter alone, by which reports speak of a child."""


@pytest.mark.parametrize(("name", "line", "said"), INITIALS)
def test_initials_of_somebody_on_the_form_are_found(name: str, line: str, said: str) -> None:
    assert f"'{said}', the initials" in str(what_identifies(line, (), (name,)))


@pytest.mark.parametrize(("name", "line"), NO_INITIALS)
def test_an_abbreviation_of_the_trade_is_nobodys_initials(name: str, line: str) -> None:
    assert what_identifies(line, (), (name,)) is None


_LETTER = st.characters(categories=["Ll"], max_codepoint=0x17F)


@given(
    name=st.text(_LETTER, min_size=4, max_size=9).filter(
        lambda name: what_identifies("the plan is late", (name,)) is None
    ),
    write=st.sampled_from(
        [
            str.upper,
            str.title,
            lambda name: unicodedata.normalize("NFD", name),
            lambda name: f"{name.title()}'s",
            lambda name: f"{name}’s",
            lambda name: f"\u2018{name}\u2019",
            lambda name: f"{name[:2]}\u00ad{name[2:]}",
        ]
    ),
)
def test_no_way_of_writing_a_name_hides_it(name: str, write: Callable[[str], str]) -> None:
    assert what_identifies(f"the plan of {write(name)} is late", (name, "Mo Muster")) is not None
