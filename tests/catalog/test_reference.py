"""Code lists: whole, in both languages, with the reviewed names."""

from laihua.catalog import reference


def test_lists_have_no_faults() -> None:
    assert reference.check() == []


def test_countries_are_all_there_under_their_reviewed_names() -> None:
    countries = {c.code: c.label for c in reference.lists()["countries"]}
    assert len(countries) == 249
    assert (countries["TWN"].zh, countries["HKG"].zh, countries["MAC"].zh) == ("中国台湾", "中国香港", "中国澳门")
    assert all(countries[code].en.endswith(", China") for code in ("TWN", "HKG", "MAC"))
    assert all(len(code) == 3 and code.isupper() for code in countries)


def test_embassies_lie_in_countries() -> None:
    lists = reference.lists()
    countries = {c.code for c in lists["countries"]}
    assert {c.code[:3] for c in lists["embassies"] if c.code != "other"} <= countries
