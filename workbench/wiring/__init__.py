"""What core is made of: each module wires some of the rooms together and decides nothing that a room could."""
