"""Tests mirror the packages; journeys tell stories over HTTP; durability kills the program on purpose."""
