"""A five-year plan as the office handles it: a workbook to write it in, a document to sign."""
