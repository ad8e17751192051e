"""What must stay true of the code itself, whatever it does: layers, names, powers, clocks, words."""
