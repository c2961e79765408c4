"""What a session of the desk remembers besides whose it is."""

from typing import Final

#: When it began and when it was last used, in seconds since 1970.
BEGAN: Final = "desk_began"
SEEN: Final = "desk_seen"
#: A role asks for a second factor that the person has not set up yet.
FACTOR_MISSING: Final = "desk_factor_missing"
