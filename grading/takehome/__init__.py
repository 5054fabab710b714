"""Sheets to take home as files that an office opens: .xlsx and .docx."""
