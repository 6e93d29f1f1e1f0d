"""What a claim rests on and how it stands: quotations, receipts, the ledger, the audit."""
