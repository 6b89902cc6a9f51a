"""The list of libraries: what the product needs to run, and no more, as scanners read it."""

from tools.components import components, hashes, licence, plain, sbom

NAMES = {plain(one.metadata["Name"]) for one in components()}


def test_it_holds_what_the_product_runs_on_and_nothing_that_tests_it() -> None:
    assert {"sqlalchemy", "streamlit", "datasette", "starlette", "lxml"} <= NAMES
    assert not {"pytest", "mypy", "ruff", "playwright", "practice-alerts"} & NAMES


def test_each_is_one_of_the_lock_file_with_the_files_that_are_allowed() -> None:
    listed = sbom()["components"]
    locked = hashes()
    assert {one["name"] for one in listed} == NAMES
    assert [one["name"] for one in listed if one["name"] not in locked] == []
    assert all(one["properties"] for one in listed)
    assert len({one["bom-ref"] for one in listed}) == len(listed)


def test_the_same_libraries_make_the_same_list() -> None:
    assert sbom() == sbom()
    assert sbom()["specVersion"] == "1.6"


def test_a_licence_is_what_the_library_says() -> None:
    said = {plain(one.metadata["Name"]): licence(one) for one in components()}
    assert said["alembic"] == "MIT"
    assert "Mozilla" in said["certifi"]
