"""The little markup of texts: bold and italic, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anas.documents.markup import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**Satu** dan *dua*;", "<strong>Satu</strong> dan <em>dua</em>;"),
        ("**tebal *miring* tebal**", "<strong>tebal <em>miring</em> tebal</strong>"),
        ("***keduanya***", "<strong><em>keduanya</em></strong>"),
        ("(*miring*), **tebal**.", "(<em>miring</em>), <strong>tebal</strong>."),
        ("2*3*4 dan 5 * 6 * 7", "2*3*4 dan 5 * 6 * 7"),
        ("*tidak ditutup **juga tidak", "*tidak ditutup **juga tidak"),
        ("** kosong ** dan ****", "** kosong ** dan ****"),
        ("<b>x</b> & \"y\" 'z'", "&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot; &#x27;z&#x27;"),
        ("*<img src=x onerror=y>*", "<em>&lt;img src=x onerror=y&gt;</em>"),
        ("**</style><script>**", "<strong>&lt;/style&gt;&lt;script&gt;</strong>"),
        ("[tautan](http://x) # `kode` _garis_", "[tautan](http://x) # `kode` _garis_"),
    ],
)
def test_bold_and_italic_are_marked_and_everything_else_is_text(text, html):
    assert to_html(text) == html


@given(st.text(alphabet="*ab <>&\"'", max_size=40))
def test_whatever_is_typed_gives_closed_marks_and_no_other_tag(text):
    html, open_marks = to_html(text), []
    for tag in re.findall(r"<[^>]*>", html):
        if tag in ("<strong>", "<em>"):
            open_marks.append(tag)
        else:
            assert tag == open_marks.pop().replace("<", "</")

    assert open_marks == []
    assert re.sub(r"</?(strong|em)>", "", html).count("<") == 0


def test_a_text_of_stars_takes_no_long_time():
    for text in ("**a " * 2000, "*a " * 2700, "*" * 8000, "**a" * 2700):
        assert len(to_html(text)) >= 2000
