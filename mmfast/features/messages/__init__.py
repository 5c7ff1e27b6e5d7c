"""What people say and share: posts, threads, reactions, emoji, files, drafts, search."""
