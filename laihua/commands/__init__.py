"""What an operator types after `laihua`. One module per theme; each adds its commands to the parser."""
