"""What is shipped beside the program: units, a container, scripts, the offline bundle."""
