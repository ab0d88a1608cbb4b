"""Papers: values in, bytes out."""
