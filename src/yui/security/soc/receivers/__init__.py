"""Receivers: syslog, Splunk HEC, OTLP/HTTP and Elastic ``_bulk``, in one asyncio process before the queue."""
