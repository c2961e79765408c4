"""Limits on what comes in, and how often one may ask."""

from factcheck.settings.environment import env
from partners import rates

DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
#: The largest file that is kept with a source, and the largest that is fetched from an address for keeping.
PICTURE_MAX_BYTES: int = env.int("PICTURE_MAX_MB", 12) * 1024 * 1024
#: The largest picture that a reader may send with a tip, and the largest form with pictures that is read at all.
TIP_PICTURE_MAX_BYTES: int = env.int("TIP_PICTURE_MAX_MB", 8) * 1024 * 1024
TIP_FORM_MAX_BYTES = 64 * 1024 * 1024
ATTACHMENT_MAX_BYTES: int = env.int("ATTACHMENT_MAX_MB", 15) * 1024 * 1024
#: No upload is stored beyond this size; each form has its own, smaller limit.
UPLOAD_MAX_BYTES = max(ATTACHMENT_MAX_BYTES, 10 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "factcheck.uploads.SizeLimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "factcheck.uploads.TidyTemporaryFileUploadHandler",
]

#: How many exports may be read at once in one process; each holds a database connection.
EXPORTS_AT_ONCE: int = env.int("EXPORTS_AT_ONCE", 3)
#: How many readers of the change feed may wait for news in one process: less than the server has threads.
CHANGES_WAITERS: int = env.int("CHANGES_WAITERS", 8)
#: How often one may ask, such as 600/min; empty turns the limit off. Per network without a key, per partner's key, per
#: person on the desk, per network with wrong credentials, and everybody together.
API_READ_RATE: str = rates.checked("API_READ_RATE", env.str("API_READ_RATE", "600/min"))
API_MATCH_RATE: str = rates.checked("API_MATCH_RATE", env.str("API_MATCH_RATE", "120/min"))
API_KEY_RATE: str = rates.checked("API_KEY_RATE", env.str("API_KEY_RATE", "6000/min"))
API_DESK_RATE: str = rates.checked("API_DESK_RATE", env.str("API_DESK_RATE", "3000/min"))
API_FAILURE_RATE: str = rates.checked("API_FAILURE_RATE", env.str("API_FAILURE_RATE", "60/min"))
API_GLOBAL_RATE: str = rates.checked("API_GLOBAL_RATE", env.str("API_GLOBAL_RATE", ""))
#: How often one network, and everybody together, may send in what readers' forms ask for.
REPORT_RATE: str = rates.checked("REPORT_RATE", env.str("REPORT_RATE", "20/hour"))
REPORT_GLOBAL_RATE: str = rates.checked("REPORT_GLOBAL_RATE", env.str("REPORT_GLOBAL_RATE", "600/hour"))
#: How often one network may look up a tip or report by its reference.
STATUS_RATE: str = rates.checked("STATUS_RATE", env.str("STATUS_RATE", "60/hour"))
#: How often one network may search for a message that no address can carry: caches keep none of these answers.
SEARCH_RATE: str = rates.checked("SEARCH_RATE", env.str("SEARCH_RATE", "60/min"))
#: How often one network, and everybody together, may ask to follow something.
FOLLOW_RATE: str = rates.checked("FOLLOW_RATE", env.str("FOLLOW_RATE", "20/hour"))
FOLLOW_GLOBAL_RATE: str = rates.checked("FOLLOW_GLOBAL_RATE", env.str("FOLLOW_GLOBAL_RATE", "600/hour"))
#: A form that is sent faster than this, in seconds, was filled in by a program.
REPORT_MIN_SECONDS: float = env.float("REPORT_MIN_SECONDS", 3.0)
#: How often one network may open links for experts, right or wrong ones, and how many notes one link takes in a time.
EXPERT_RATE: str = rates.checked("EXPERT_RATE", env.str("EXPERT_RATE", "60/min"))
EXPERT_NOTE_RATE: str = rates.checked("EXPERT_NOTE_RATE", env.str("EXPERT_NOTE_RATE", "10/hour"))
