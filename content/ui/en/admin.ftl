# Staff, outbox, audit trail.
