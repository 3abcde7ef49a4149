"""Who may do what: roles, permissions, depth of sight, and the actor that every operation is told."""
