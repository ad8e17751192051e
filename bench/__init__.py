"""Measurements that are taken by hand and compared as ratios: absolute figures belong to the machine they came from."""
