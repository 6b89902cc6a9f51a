"""Python reads this file when it starts: in a program that a test starts, the guard holds as in the test."""

from tests.helpers.guards.real_data_guard import REAL_DATA, stay_away_from

stay_away_from(REAL_DATA)
