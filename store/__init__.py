"""What is remembered: tables, the database with its one writer, the inbox and the outbox."""
