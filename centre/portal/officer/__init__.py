"""The officers' desk: people, sittings, results, certificates, jobs, the ledger."""
