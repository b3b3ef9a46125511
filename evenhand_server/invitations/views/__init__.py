"""Pages of invitations: for who asks, for who was asked, and the lists."""
