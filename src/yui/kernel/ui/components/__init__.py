"""Component functions: plain values in, escaped HTML out; the tag library ``ui`` offers them to templates."""
