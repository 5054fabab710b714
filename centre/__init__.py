"""The training centre at work: one database, its people, sittings, decisions and register."""
