"""Who may do what with good practices and improvement proposals, beyond seeing (which the scope decides)."""
