"""`practice-alerts sample`: a made-up service as large as wanted, to try the product with."""

import click

from practice_alerts.cli.support.context import World
from practice_alerts.cli.support.output import as_given, number
from practice_alerts.domain.errors import Expected

_MOST_YEARS = 20


class HeldAlready(Expected):
    def __init__(self, data: object) -> None:
        super().__init__(
            f"{data} holds a sample office already. Name a new or empty folder with --data."
        )


@click.command(short_help="Make years of a made-up service.")
@click.option(
    "--alerts",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    metavar="NUMBER",
    help="How many, beside those in every state.",
)
@click.option(
    "--years",
    type=click.IntRange(1, _MOST_YEARS),
    default=2,
    show_default=True,
    metavar="NUMBER",
    help="Over how many years before today.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    metavar="NUMBER",
    help="The same number makes the same years.",
)
@click.pass_obj
def sample(world: World, *, alerts: int, years: int, seed: int) -> None:
    """Fill a new data folder with the sample office and years of alerts, over all councils of the procedures.

    Each goes its own way by the same acts as a real one: answered, late, not at all, promised, reviewed, escalated, referred, closed.
    A thousand take one to three minutes. Of more than ten thousand two thousand are told so, and what was decided there is told again of
    other children on other days: 100,000 take a quarter of an hour to half of one. `serve --sample` then shows them.
    """
    from practice_alerts.casework.jobs import sync_log
    from practice_alerts.casework.sample.lifelike_years import Years, tell_years
    from practice_alerts.casework.sample.sample_office import make_sample_office
    from practice_alerts.casework.sample.sample_people import sample_people

    settings = world.settings(sample=True)
    office = world.office(settings, migrate=True)
    if not make_sample_office(office):
        raise HeldAlready(settings.data)
    people = tuple(sample_people(office.councils))

    def told(made: int) -> None:
        click.echo(f"{made:,} of {number(alerts, 'alert')}")

    tell_years(office, people, Years(alerts, years, seed), told)
    click.echo("Writing the alert logs")
    sync_log.catch_up(office)
    click.echo(f"Look at them: {as_given('serve --sample')}")
