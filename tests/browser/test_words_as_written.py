"""Words of people and councils are shown as they were typed wherever Streamlit would read Markdown in them."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.helpers.app.page_program import PageProgram

AS_TYPED = (
    "1. Statutory *responsibilities* not met",
    "*a child in need* (s17 :red[x])",
    "Stage:one, _again_ and __again__",
    ":warning: ask :material/home: or :streamlit: :+1: :100:",
    ":red-background[late] :color[x]{foreground=red} :small[x]",
    "`code` and ```more```",
    "~~gone~~ and ~gone~",
    "[a link](https://example.org) and ![a picture](x.png)",
    "See https://example.org, www.example.org or a@council.example",
    "$x^2$ and $$y$$",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "# a heading",
    "> said",
    "- a list",
    "+ a list",
    "1) first",
    "<b>bold</b> <script>1</script> &amp; &lt; &#42;",
    "a \\* b \\",
    "| a | b |",
    "---",
    "***",
    "A &copy; B",
    "at 10:30, ratio 2:1",
    "footnote[^1] and [x]",
    "[ ] to do",
    "-> and --",
    "-5 days, #3, >2, +1",
    "Robin O'Brien (Zoë), 2012-07-01; “quoted” & more!",
)
SHOWN = {
    "a box to tick": "[data-testid=stCheckbox]",
    "a button": "[data-testid=stButton] button",
    "what opens and shuts": "summary [data-testid=stMarkdownContainer]",
    "a warning": "[data-testid=stAlert] [data-testid=stMarkdownContainer]",
    "a choice": "[data-testid=stRadioGroup] label >> nth=0",
}
NO_WIDTH = "\N{WORD JOINER}"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PageProgram]:
    kept = tmp_path_factory.mktemp("labels")
    (kept / "words.json").write_text(json.dumps(AS_TYPED), "utf-8")
    shown = PageProgram("labels.py", kept)
    shown.start()
    yield shown
    shown.kill()


@pytest.fixture
def origin(program: PageProgram) -> str:
    return program.origin


def test_nothing_typed_is_read_as_a_sign_for_something_else(page: Page) -> None:
    page.goto("/app/")
    expect(page.get_by_role("heading", name="All is drawn")).to_be_visible()
    wrong = []
    for place, typed in enumerate(AS_TYPED):
        block = page.locator(f".st-key-words-{place}")
        found = {name: block.locator(where).inner_text() for name, where in SHOWN.items()}
        heard = block.locator("input[type=checkbox]").get_attribute("aria-label") or ""
        for name, words in {**found, "what is heard of a box": heard}.items():
            shown = words.replace(NO_WIDTH, "").strip()
            if shown != typed:
                wrong.append((name, typed, shown))
    print(*wrong, sep="\n")
    assert wrong == []
    assert page.locator(".st-key-words-7 a, .st-key-words-8 a").count() == 0
