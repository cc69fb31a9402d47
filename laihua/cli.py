"""The `laihua` command."""
import os
import sys

from laihua.kernel import environment, postgres


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    settings = environment.read()
    if not settings.database_url:
        os.environ["LAIHUA_DATABASE_URL"] = postgres.database_url(settings.data)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["laihua", *sys.argv[1:]])


if __name__ == "__main__":
    main()
