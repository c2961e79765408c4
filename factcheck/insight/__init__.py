"""What an operator sees of the running site: log lines, metrics, error reports. No secret gets into any of them."""
