"""Charts as SVG: frozen data in, one picture for page, PDF and report out."""
