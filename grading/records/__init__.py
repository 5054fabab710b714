"""What a sitting keeps beside nbgrader's gradebook: people, forms, decisions, register, ledger."""
