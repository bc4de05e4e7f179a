"""Fonts of the machine and pictures of drawings."""

import pytest

from yui.kernel.paper import NoJapaneseFont, fonts_among, japanese_fonts, pictures_of

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="{}"/></svg>'


def test_the_best_known_family_comes_first_whatever_its_case():
    assert fonts_among(["IPAexGothic", "Arial", "noto sans cjk jp"]) == ["Noto Sans CJK JP", "IPAexGothic"]


def test_families_without_japanese_are_refused(monkeypatch):
    with pytest.raises(NoJapaneseFont):
        fonts_among(["DejaVu Sans", "Libertinus Serif"])
    monkeypatch.setattr("yui.kernel.paper.fonts.system_families", lambda: ("Arial",))
    with pytest.raises(NoJapaneseFont):
        pictures_of([SQUARE.format(9)])


def test_each_drawing_becomes_one_picture_and_the_same_bytes_again():
    try:
        japanese_fonts()
    except NoJapaneseFont:
        pytest.skip("the machine has no Japanese font: apt install fonts-noto-cjk")
    drawings = [SQUARE.format(9), SQUARE.format(3)]
    first, second = pictures_of(drawings)
    assert first.startswith(b"\x89PNG") and second.startswith(b"\x89PNG") and first != second
    assert pictures_of(drawings) == [first, second]
    assert pictures_of([]) == []
