"""Pages of the commons over 200,000 posts: the list, a question with 100 answers; SQLite and PostgreSQL."""

from benchmarks.commons_import import write_export
from benchmarks.processes import YUI, environment, home, inside, run
from benchmarks.results import Figure
from benchmarks.writers import postgresql

POSTS, CHANNELS, RUNS = 200_000, 20, 20
TARGETS = {"list": 40.0, "list of solved": 40.0, "later page": 40.0, "question with 100 answers": 60.0}


def measure(scale: float) -> list[Figure]:
    """Take an export in and ask for the pages as a viewer of a ward, in the server's process."""
    with home() as folder, postgresql() as url:
        path = folder / "export.zip"
        write_export(path, max(1_000, int(POSTS * scale)), max(1, int(CHANNELS * scale)))
        figures = []
        for name, more in (("SQLite", {}), ("PostgreSQL", {"DATABASE_URL": url})):
            env = environment(folder, **more)
            run([*YUI, "migrate", "-v0"], env)
            run([*YUI, "commons", "import", "slack", str(path), "--json"], env)
            found = inside("commons_pages", env, RUNS)
            figures += [
                Figure(f"commons on {name}, {page}", cost["cpu"], "CPU-ms", target=TARGETS[page], detail=cost)
                for page, cost in found.items()
            ]
    return figures
