"""The one memory: a hash chain of acts per organisation."""
