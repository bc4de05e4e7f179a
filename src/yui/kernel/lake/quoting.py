"""Names and texts as SQL writes them."""


def identifier(name: str) -> str:
    """Quote a column name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Quote a text for SQL, for the places where DuckDB takes no parameter."""
    return "'" + text.replace("'", "''") + "'"
