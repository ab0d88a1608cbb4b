"""The mail door: letters become requests at the desk, notes become letters."""
