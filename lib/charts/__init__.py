"""Simple charts from typed figures, drawn as SVG that needs no script and no style."""
