"""The name under which readers see a person: the person's own choice, at any time."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.choices import AccountAct
from accounts.models import User
from accounts.services.events import record_event


@transaction.atomic
def choose(*, user: User, name: str, line: str) -> User:
    """Set the public name and line of ``user``; an empty name takes the person out of later records, with the line.

    Raises ``ValidationError`` for what is too long.
    """
    row = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    row.public_name, row.public_line = name, line if name else ""
    row.clean_fields(exclude={field.name for field in User._meta.fields} - {"public_name", "public_line"})
    row.save(update_fields=["public_name", "public_line"])
    record_event(AccountAct.CHANGED, user=row, by=user, what=_("public name"))
    return row
