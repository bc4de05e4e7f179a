"""Files that people put beside a text: checked by their bytes, kept by their hash, handed out safely.

The model is in ``yui.kernel.attachments.models`` (it needs Django's applications to be loaded).
"""
