"""`python -m practice_alerts.cli`."""

from practice_alerts.cli.root import main

if __name__ == "__main__":
    main(prog_name="practice-alerts")
