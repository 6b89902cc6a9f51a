"""What each key of `procedure.yml` outside its ladders holds, with an example of its value."""

from typing import Final

from practice_alerts.domain.procedure.beside_text import StandingRuleId

PROCEDURE_WORDS: Final[dict[str, tuple[str, str]]] = {
    "Procedure.council": ("The council, as it is called on screens and in e-mails.", "Sampleford"),
    "Procedure.title": (
        "The procedure's title, as printed or shorter.",
        "Resolving concerns about a child's case",
    ),
    "Procedure.also_called": (
        "Other names the document uses for the procedure or the alert.",
        "[QA alert, dispute resolution]",
    ),
    "Procedure.reference_prefix": (
        "Two to five capitals at the head of every reference, ours where the document has none: SAM-2026-0001.",
        "SAM",
    ),
    "Procedure.marking": ("The marking at the head of each document.", "OFFICIAL-SENSITIVE"),
    "Procedure.file_name": (
        (
            "What files for the case system are called; which document it is, and the file's extension, come after it. Placeholders"
            " are `{reference}`, which must stand in it, `{date}` (the day it shows, as 2026-01-05), `{kind}` of alert,"
            " `{initials}` of the child and `{case_number}`; there is none for a name."
        ),
        '"{case_number} Practice alert {reference} {date}"',
    ),
    "Procedure.edition": (
        "Which printing this is.",
        '{version: "2", issued: 2026-01-05, review_by: 2028-01-31}',
    ),
    "Procedure.raised_by": (
        "Case type to role, or to a list of roles of which each may: who raises alerts for which children.",
        "{looked_after: [iro, iro_lead], child_protection: cp_chair}",
    ),
    "Procedure.case_types": (
        "Case types of the council's own, beside `looked_after`, `child_protection` and `child_in_need`.",
        "{care_leaver: {title: a care leaver, keep: until their 25th birthday}}",
    ),
    "Procedure.keep": (
        "How long records are kept where no law says it. Those of looked-after children are kept until their 75th birthday, or 15 years from a death before 18, whatever the file says; the longest of what holds for one record wins.",
        "{child_protection: until their 25th birthday, filed: 3 years after closing}",
    ),
    "Procedure.case_system": ("The case system, by its local name, or `not stated`.", "Mosaic"),
    "Procedure.about": ("What the procedure is for, in a sentence or two.", "How concerns climb."),
    "Procedure.roles": (
        "The catalogue of posts. Whatever is named elsewhere must stand here.",
        "{team_manager: {title: Team Manager, short: TM}}",
    ),
    "Procedure.kinds": (
        "The kinds of alert. The first that climbs a ladder is the usual one.",
        "{concern: {title: Practice alert, ladder: main, form: practice_alert}}",
    ),
    "Procedure.gate": (
        "A question put before the ladder.",
        "{question: Is action needed at once?, yes: {then: any stage}, no: {then: stage-1}}",
    ),
    "Procedure.ladders": (
        "The council's own ladders, by id.",
        "{main: {stages: [{id: stage-1, label: Stage 1}]}}",
    ),
    "Procedure.partners": (
        "Ladders into partner agencies, by id; written like the others.",
        "{police: {title: Police, stages: [{id: stage-1, label: Stage 1}]}}",
    ),
    "Procedure.referrals": (
        "Ways out of the authority, by their known ids; open at any time.",
        "{cafcass: {raised_as: [looked_after]}, legal_advice: {independent: true}}",
    ),
    "Procedure.overrides": (
        "Events that bypass the ladder.",
        "{events: [death of a child], tell: director, by: whoever first knows}",
    ),
    "Procedure.categories": (
        "What an alert may be about.",
        "[{id: drift, title: Drift or delay, examples: [no clear plan]}]",
    ),
    "Procedure.themes": (
        (
            "By the id of a category, or of what is offered in its place, the theme under which all councils are counted:"
            " statutory, plan, services, safeguarding, work, other. An example that has a line of its own goes before its"
            " category. The log and its figures go by it, and the council sees no other word for it."
        ),
        "{drift: plan, no_plan: plan}",
    ),
    "Procedure.duties": (
        "Clocks that belong to no alert.",
        "[{id: papers, what: Send the papers, within: 5 working days before}]",
    ),
    "Procedure.significant_changes": (
        "Changes that must be told, by whom and to whom.",
        "[{by: social_worker, to: iro, items: [change of placement]}]",
    ),
    "Procedure.reviews_required": (
        "When a review must be held.",
        "[before a child leaves care under 18]",
    ),
    "Procedure.recording": (
        "What is recorded, where and by whom.",
        "[{what: Every alert, where: the child's record, by: iro}]",
    ),
    "Procedure.oversight": (
        "Copies, reports and audits.",
        "[{what: Report on themes, by: qa_service, how_often: annually}]",
    ),
    "Procedure.standing_rules": (
        (
            "Rules that hold throughout. Ids by which something goes: "
            f"{', '.join(f'`{one}`' for one in StandingRuleId)}."
        ),
        "[{id: standstill, text: Nothing is done meanwhile that harms the child.}]",
    ),
    "Procedure.rules_in_words": (
        "Rules that are shown and not computed: what no other key can say.",
        "[{id: dialogue, text: They talk before any form is filled in.}]",
    ),
    "Procedure.law": (
        "The legal bases, the present one first.",
        "[{id: children-act-2004, as_printed: 2004 Children Act}]",
    ),
    "Procedure.ours": (
        (
            "What the product offers although the text does not speak of it: each is marked as ours wherever it is"
            " met. Whatever is left out of the list, and the text does not know, is not offered."
        ),
        "[hold, agree_date]",
    ),
    "Procedure.readings": (
        "Every contradiction and gap, with what is used.",
        "[{id: S1, about: main.cap, says: No total., used: No time limit.}]",
    ),
    "Procedure.site": (
        "What of the guide is the council's own.",
        "{synonyms: [[unallocated, no named worker]]}",
    ),
    "Site.synonyms": (
        (
            "Words for one thing, two or more in a list: whoever searches the guide with one of them finds this council's"
            " pages that say it with another. They stand beside those that come with the product"
            " (`practice_alerts/adapters/guide/synonyms.yml`)."
        ),
        "[[unallocated, no named worker], [placement, home]]",
    ),
    "Site.mistakes_to": (
        "Where readers tell of a mistake on a page of this council: an address for e-mail, or a page under https.",
        "practice.standards@sampleford.example",
    ),
    "Site.ring": (
        "Whom to ring when somebody is in danger now or with an allegation: on the guide's page about danger, and where an alert is begun.",
        "[{who: Emergency duty team, when: out of hours, number: 020 7946 0000}]",
    ),
    "Site.related": (
        "Chapters and procedures that belong to this one, as the document names them: on the council's first page.",
        "[{title: Reviews of looked-after children}]",
    ),
    "Related.title": ("What it is called.", "Reviews of looked-after children"),
    "Related.at": (
        "Where it is, if it can be read on the web.",
        "https://sampleford.example/reviews",
    ),
    "Ring.who": ("Who answers.", "Emergency duty team"),
    "Ring.number": ("The number, digits and spaces.", "020 7946 0000"),
    "Ring.when": ("At what hours, or for what.", "out of hours"),
    "Printing.version": ("As printed; in quotes when it is a number.", '"2"'),
    "Printing.issued": (
        "The day; where only a month is printed, in words or in quotes.",
        "2026-01-05",
    ),
    "Printing.review_by": (
        "The last day on which its review is in time. Past it, readers are told.",
        "2028-01-31",
    ),
    "Printing.status": ("Approved, draft, or what is printed.", "approved"),
    "Printing.note": ("Anything a reader should know about the edition.", "Valid when printed."),
    "Printing.amended": (
        "What the document itself says that it changed, in words of your own.",
        "Times were made longer.",
    ),
    "Printing.overtaken": (
        "What has come since, where council or document is no longer what it was. Stands at the head.",
        "The council ended in 2021.",
    ),
    "OwnCaseType.title": ("As said after “for”: with its article, if it has one.", "a care leaver"),
    "OwnCaseType.about": (
        "`child`, `adult` or `nobody`. Left out: a child, if the form asks who the child is.",
        "adult",
    ),
    "OwnCaseType.keep": (
        "How long what is recorded is kept: `until their 25th birthday`, `6 years after closing` or `for good`.",
        "until their 25th birthday",
    ),
    "Keeping.child_protection": (
        "Records about a child on a child protection plan: `until their 25th birthday`, `6 years after closing` or `for good`.",
        "until their 25th birthday",
    ),
    "Keeping.child_in_need": ("The same about a child in need.", "6 years after closing"),
    "Keeping.filed": (
        "How long a record is kept here once all of it is filed on the child's own record. Left out, as long as any other.",
        "3 years after closing",
    ),
    "Role.title": ("The post's title, as printed.", "Team Manager"),
    "Role.short": ("Its short form.", "TM"),
    "Role.also_printed": (
        "How else the document prints it; also found by search.",
        "[Manager of the team]",
    ),
    "Role.team": ("Is it a team with one address rather than a post?", "true"),
    "Role.held_by": (
        "People, or a setting where the document leaves open which post is meant.",
        "a setting",
    ),
    "Role.stands_in": (
        "The role, of the same side, that acts when this one is empty.",
        "service_manager",
    ),
    "Role.in_iro_service": (
        "Does it belong to the IRO's service? Its side follows from this where `side` is left out.",
        "true",
    ),
    "Role.side": (
        (
            "The side that raises and reviews the response, or the side that is asked to answer. Only the first may "
            "review, escalate and close. Left out: the first for the IRO's service, the second for all others. A post "
            "that raises and is said to be challenged raises from the other side: for its alerts the sides are exchanged."
        ),
        "challenging",
    ),
    "Role.note": ("What a reader should know about it.", "Printed in two ways."),
    "AlertKind.title": ("What it is called.", "Practice alert"),
    "AlertKind.about": ("When it is used.", "Something in a child's case is not right."),
    "AlertKind.ladder": (
        (
            "The ladder it climbs, or `partners` for a choice among those. Left out: no stages and "
            "no clock, as for good practice."
        ),
        "main",
    ),
    "AlertKind.form": ("The form's file name without .yml.", "practice_alert"),
    "AlertKind.goes_to": (
        "Who receives it; without a ladder, whoever its form names does too. Left out: nobody.",
        "qa_service",
    ),
    "AlertKind.raised_by": ("Roles that raise it, where not all do.", "[iro]"),
    "AlertKind.cases": (
        "The case types it is for; left out: those for which whoever raises it raises, on its ladder.",
        "[looked_after]",
    ),
    "AlertKind.mandatory": ("Must it be raised when there is occasion?", "true"),
    "Gate.question": ("A yes/no question for whoever raises it.", "Is action needed at once?"),
    "Gate.yes": ("What follows from yes.", "{tell: head_of_service, then: any stage}"),
    "Gate.no": ("What follows from no.", "{then: stage-1}"),
    "GateAnswer.tell": ("Who is told.", "{any_of: [head_of_service, director]}"),
    "GateAnswer.then": ("A stage's id, or `any stage`.", "any stage"),
    "OutsideRoute.raised_as": ("The case types it is for; left out: all.", "[looked_after]"),
    "OutsideRoute.consult": (
        "Whom to speak to first. A record, never a lock.",
        "{with: line_manager, record: [discussed]}",
    ),
    "OutsideRoute.prompted_after": (
        "A stage after which the app reminds of it. It stays open before.",
        "stage-4",
    ),
    "OutsideRoute.asked_by": (
        "Who may want it, where it is not whoever raised it.",
        "social_worker",
    ),
    "OutsideRoute.independent": (
        "Is the lawyer to be one who does not act for the council?",
        "true",
    ),
    "OutsideRoute.test": (
        "What must be the case, in our words.",
        "It was not put right in good time.",
    ),
    "OutsideRoute.wording": ("What the council says of it, in our words.", "At any point."),
    "Overrides.events": ("The events.", "[death of a child, life-changing injury]"),
    "Overrides.tell": ("Who is told at once.", "[director, lscp]"),
    "Overrides.by": ("Who tells them.", "whoever first knows"),
    "Overrides.within": (
        "How soon. No day is worked out and nobody is reminded.",
        "immediately",
    ),
    "Category.id": ("Its id; forms and the log keep it.", "drift"),
    "Category.title": ("Its title.", "Drift or delay in the plan"),
    "Category.examples": (
        "What belongs to it: texts, or the long way with the keys below.",
        "[no clear plan, {text: too few core groups, cases: [child_protection]}]",
    ),
    "Category.note": ("A remark.", "As printed."),
    "Example.id": (
        "By which it can be ticked on a form (examples_of) and counted; left out: it is only shown.",
        "no_worker",
    ),
    "Example.text": ("The example.", "no social worker allocated"),
    "Example.cases": ("The case types it is for; left out: all.", "[looked_after]"),
    "Example.responsible": (
        "Whom the document holds responsible. It never sets who answers.",
        "[social_worker, team_manager]",
    ),
    "Example.examples": ("Sub-cases.", "[to change the plan, to change the placement]"),
    "Example.note": ("A remark.", "As printed."),
    "Change.text": ("The change.", "exclusion from school"),
    "Change.threshold": ("From when on, as printed.", "more than five days"),
    "Change.cases": ("The case types it is for; left out: all.", "[child_protection]"),
    "Change.note": ("A remark.", "The list is broken off."),
    "SignificantChanges.by": ("Who tells.", "[social_worker, team_manager]"),
    "SignificantChanges.to": ("Who is told.", "{any_of: [iro, cp_chair]}"),
    "SignificantChanges.within": ("How soon, in words.", "not stated"),
    "SignificantChanges.items": (
        "The changes: texts, or the long way with the keys below.",
        "[change of placement, {text: missing, threshold: more than 24 hours}]",
    ),
    "Duty.id": ("Its id, for readings.", "review-papers"),
    "Duty.what": ("What is to be done, as an order.", "Send the papers for the review"),
    "Duty.by": ("Who does it.", "social_worker"),
    "Duty.to": ("Who receives it.", "iro"),
    "Duty.within": ("The clock, forwards or backwards.", "5 working days before"),
    "Duty.counted_from": ("The event it is counted from, in words.", "the review"),
    "Duty.cases": ("The case types it is for; left out: all.", "[looked_after]"),
    "Duty.used": ("False for a printed time that another clock overrules.", "false"),
    "Duty.note": ("A remark.", "Who sends them is not said."),
    "Recording.what": ("What is recorded.", "Every alert"),
    "Recording.where": ("Where.", "the child's social care record"),
    "Recording.by": ("By whom.", "iro"),
    "Recording.within": ("How soon, in words.", "24 hours"),
    "Oversight.what": ("What is done.", "Report on themes"),
    "Oversight.by": ("By whom.", "qa_service"),
    "Oversight.to": ("For whom.", "director"),
    "Oversight.how_often": ("How often, in words.", "monthly"),
    "StandingRule.id": ("Its id.", "standstill"),
    "StandingRule.text": ("The rule, in our words.", "Nothing is done meanwhile that harms."),
    "Law.id": (
        "The entry of `procedures/law.yml`; the checker refuses one it does not have.",
        "cafcass-referral",
    ),
    "Law.now": (
        "The basis in force in words, where `law.yml` has no entry.",
        '"Children Act 1989, section 25B(3)"',
    ),
    "Law.as_printed": ("What the document cites.", "Section 118"),
    "Reading.id": ("A capital and a number; L1 is the first of Lambeth's.", "S1"),
    "Reading.about": (
        "What it is about: a path (`main.cap`, `stage-2.answer`) or plain words.",
        "main.cap",
    ),
    "Reading.says": ("What the text says.", "Six stages of 4 make 24; the total is given as 20."),
    "Reading.used": ("What is used here.", "Both, each as a clock of its own."),
    "Reading.why": ("Why.", "Shortening a stage is not ours to do."),
    "Reading.ask": ("Is the council to be asked?", "true"),
}
