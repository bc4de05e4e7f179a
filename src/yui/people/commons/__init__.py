"""共創プラットフォーム: questions, answers, who can help."""
