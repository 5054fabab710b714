"""The trainee's desk: programme, lessons, papers, results, certificates, own data."""
