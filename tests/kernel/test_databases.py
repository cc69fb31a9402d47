"""PostgreSQL addresses as Django wants them."""

from laihua.kernel.databases import from_url


def test_an_address_with_everything() -> None:
    known = from_url("postgresql://hall:p%40ss@db.example:5433/laihua?sslmode=verify-full")
    assert (known["NAME"], known["USER"], known["PASSWORD"]) == ("laihua", "hall", "p@ss")
    assert (known["HOST"], known["PORT"], known["OPTIONS"]) == ("db.example", "5433", {"sslmode": "verify-full"})


def test_a_socket_folder() -> None:
    known = from_url("postgresql://postgres:@/laihua?host=/tmp/data")
    assert (known["HOST"], known["PORT"], known["NAME"], known["OPTIONS"]) == ("/tmp/data", "", "laihua", {})
