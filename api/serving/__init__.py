"""Serving: follow the ledger, build snapshots and cache responses."""
