"""What people do with invitations: keep lists, invite, open a link, answer as a guest, stay."""
