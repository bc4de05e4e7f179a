"""``yui jobs``: looking after jobs from the command line."""
