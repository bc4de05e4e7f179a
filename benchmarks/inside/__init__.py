"""The parts of benchmarks that run in a process with Yui loaded."""
