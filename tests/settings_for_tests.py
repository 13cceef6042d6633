"""The site's settings as the tests have them: test mode, and a data folder that no person uses."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["GOLDTHREAD_MODE"] = "test"
if "GOLDTHREAD_DATA" not in os.environ:
    os.environ["GOLDTHREAD_DATA"] = tempfile.mkdtemp(prefix="goldthread-tests-")
    atexit.register(shutil.rmtree, os.environ["GOLDTHREAD_DATA"], ignore_errors=True)
Path(os.environ["GOLDTHREAD_DATA"], "static").mkdir(parents=True, exist_ok=True)  # else WhiteNoise warns of its absence

from goldthread.config.settings import *  # noqa: E402, F403  # the settings themselves, once the mode is said

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests sign in often, and protect nothing
