"""The switch: settings, command line, and the service that puts the parts together."""
