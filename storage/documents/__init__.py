"""Documents as files: sheets that are read; it knows cells and rows, and no sentence."""
