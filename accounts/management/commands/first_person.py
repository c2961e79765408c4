"""Creates the first person of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from accounts.selectors import find_person
from accounts.services.first_person import create_superuser_link
from lib.refusals import RefusedError


class Command(BaseCommand):
    """``manage.py first_person --email ada@example.org --name "Ada Admin"``."""

    help = "Creates a superuser and prints a link that works once to choose a password. Nobody types a password here."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What is not given is asked for."""
        parser.add_argument("--email", default="", help="The e-mail address; it is also the name to sign in with.")
        parser.add_argument("--name", default="", help="The full name.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link on standard output, alone."""
        email = options["email"] or input("E-mail address: ")
        name = options["name"] or input("Full name: ")
        try:
            validate_email(email)
            link = create_superuser_link(email=email, name=name, at=timezone.now())
        except (ValidationError, RefusedError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from None
        person = find_person(email)
        self.stderr.write(f"{person.display_name() if person else name} is invited. The link works once, for 7 days:")
        self.stdout.write(link)
