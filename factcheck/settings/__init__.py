"""Settings, by subject; what differs between machines comes from environment variables.

With ``DEBUG`` off every secret must be given and everything that could leak is closed: a missing
variable stops the process with its name instead of starting with a guess.
"""

from factcheck.settings.application import *
from factcheck.settings.caching import *
from factcheck.settings.environment import *
from factcheck.settings.insight import *
from factcheck.settings.limits import *
from factcheck.settings.people import *
from factcheck.settings.security import *
from factcheck.settings.sending import *
from factcheck.settings.site import *
from factcheck.settings.storage import *
