"""The head of a page: the way there (anas/crumbs.py, templates/components/page_head.html, places.html)."""

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from anas.crumbs import crumbs


class Place:
    def __str__(self):
        return "Triwulan IV"

    def get_absolute_url(self):
        return "/periode/4/"


def test_the_way_has_what_has_a_label_and_links_what_has_an_address():
    assert crumbs("Skema", "/skema/", None, "/tidak-ada/", "Dinas", "") == [
        {"label": "Skema", "url": "/skema/"},
        {"label": "Dinas", "url": ""},
    ]


def test_a_label_without_its_address_is_a_mistake():
    with pytest.raises(ValueError):
        crumbs("Skema")


def test_every_template_can_say_the_way():
    page = Template('{% crumbs _("People") "/pegawai/" as way %}{% for step in way %}{{ step.url }}{% endfor %}')

    assert page.render(Context()) == "/pegawai/"


@pytest.mark.parametrize(("above", "links"), [(Place(), 1), ("Triwulan IV", 0)])
def test_the_head_leads_to_what_has_a_page_and_only_names_the_rest(above, links):
    head = render_to_string("components/page_head.html", {"title": "Hasil", "eyebrow": above})

    assert (head.count('href="/periode/4/"'), head.count("Triwulan IV")) == (links, 1)


def test_of_pages_side_by_side_the_present_one_is_marked():
    places = crumbs("Pegawai", "/pegawai/", "Peran", "/peran/")
    shown = render_to_string("components/places.html", {"places": places, "here": "/peran/", "label": "Pegawai"})

    assert shown.count("aria-current") == 1
    assert '<a href="/peran/" aria-current="page">Peran</a>' in shown
