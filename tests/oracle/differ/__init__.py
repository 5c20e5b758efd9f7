"""Compares what Kastell and Kubernetes' own packages say to the same lines."""
