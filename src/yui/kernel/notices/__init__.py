"""Messages to people: on the page, by mail, and to an organisation's channels."""
