"""Reports on a sitting, laid out after Nghị định 30/2020/NĐ-CP."""
