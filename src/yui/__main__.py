"""Entry point of the ``yui`` command line."""

import sys


def main() -> None:
    """Run the command line with the process's arguments."""
    from yui.conf.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
