"""One lake: facts too many for the database, Parquet files that a manifest makes visible."""
