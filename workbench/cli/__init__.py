"""The command line, a module a group of commands: parse, call core, print."""
