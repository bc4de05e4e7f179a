"""結 Yui — joint operations platform for the internal information infrastructure of the special wards."""

__version__ = "0.1.0"
