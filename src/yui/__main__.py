"""Entry point of the ``yui`` command line."""

import sys

from yui.conf.cli import run


def main() -> None:
    """Run the command line with the process's arguments."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
