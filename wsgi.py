"""The web server's way in."""

import sys

from mediation.app import create_app
from mediation.config import BadConfiguration

try:
    app = create_app()
except BadConfiguration as error:
    sys.exit(f"不能这样启动：{error}")
