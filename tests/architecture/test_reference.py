"""The generated pages of docs/reference/ are those that `make docs` would write now."""

from laihua.commands import reference


def test_reference_pages_are_up_to_date() -> None:
    assert [path.name for path in reference.outdated()] == []
