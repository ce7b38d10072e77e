"""What differs between two releases, and what each difference asks an administrator to do."""
