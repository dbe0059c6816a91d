// The tables.
