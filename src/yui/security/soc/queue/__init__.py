"""The durable queue between receivers and processing: what it has taken is on the disk, or on JetStream's."""
