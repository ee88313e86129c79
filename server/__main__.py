"""`python -m server`: see `--help`."""

from server.commands import main

raise SystemExit(main())
