"""``yui ledger anchor``: print the heads of all chains, to be kept outside this machine."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from yui.kernel.ledger.verify import heads


class Command(BaseCommand):
    """Print length and last hash of every chain as JSON."""

    help = "各団体の台帳の末尾を控えとして出す / print the heads of all chains, to keep elsewhere"

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the heads to standard output."""
        self.stdout.write(json.dumps(heads(), indent=1, sort_keys=True))
