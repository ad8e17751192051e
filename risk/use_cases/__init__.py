"""What people and the clock may do: one async function each, power first, one commit."""
