"""The keeper's work on an installation from the shell: copies, purges, an office's data as files, faults."""
