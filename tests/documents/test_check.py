"""What is said at start where the libraries are missing."""

import pytest

from anas.documents import checks, pdf
from anas.refused import Refused


def test_nothing_is_said_where_they_are_there():
    assert checks.libraries_for_pdf(None) == []


def test_the_line_to_install_them_is_named(monkeypatch):
    monkeypatch.setattr(checks, "LIBRARIES", ("libtidakada.so.0",))
    (warning,) = checks.libraries_for_pdf(None)

    assert "libtidakada.so.0" in warning.msg
    assert warning.hint == (
        "On Debian or Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-texgyre"
    )


def test_issuing_without_them_is_refused_in_words(monkeypatch):
    def missing():
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "engine", missing)
    with pytest.raises(Refused, match="libpango-1.0-0 libpangoft2-1.0-0"):
        pdf.write("<p>x", identifier="x")
