"""Where settings come from, and the folders of this installation."""

from pathlib import Path

from environs import Env

from factcheck import folders

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env()
env.read_env(str(BASE_DIR / ".env"), recurse=False)

DEBUG = env.bool("DEBUG", False)
#: Everything that the site writes to disk lies under it.
VAR_DIR = folders.var_dir(env.str("VAR_DIR", ""), base_dir=BASE_DIR)
if not DEBUG:
    folders.check_writable(VAR_DIR)
