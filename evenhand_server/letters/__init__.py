"""Letters: mail that leaves this server, to which address, and whether it was taken or came back."""
