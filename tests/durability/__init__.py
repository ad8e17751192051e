"""The program killed at every boundary between receipt and delivery, and started again."""
