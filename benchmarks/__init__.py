"""Side-by-side measurements of Yui: ``python -m benchmarks [NAME…]``. See docs/benchmarks.md."""
