"""Who carries messages: mail, text messages over HTTP, and a folder for demo and tests."""
