"""The one wall: every record belongs to an organisation and is read only through ``visible_to``.

The names are in ``yui.kernel.scope.models`` (they need Django's applications to be loaded).
"""
