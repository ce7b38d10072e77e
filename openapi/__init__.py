"""The contract: declarations of operations, and the OpenAPI document built from them."""
