"""What people may ask of us about their own data, and how it is kept, corrected and forgotten."""
