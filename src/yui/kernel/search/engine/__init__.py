"""Pure search engine: folding, tokens, index files, queries and quotations. Imports no Django."""
