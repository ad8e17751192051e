"""The control side over HTTP: JSON in and out for the page and the tests; what happens is in `acts`."""
