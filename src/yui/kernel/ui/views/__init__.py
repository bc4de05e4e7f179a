"""Pages of the component kit itself."""
