"""The clock: asks what is due now, and sends what waits."""
