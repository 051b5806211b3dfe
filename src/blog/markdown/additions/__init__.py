"""What is added to CommonMark, a module for each construct."""
