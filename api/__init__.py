"""The partners' door: reading, the desk API, webhooks, Google's shape, OpenAPI."""
