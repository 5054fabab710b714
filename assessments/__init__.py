"""What a CIO must prove: item bank, blueprint, forms, papers, answers, rubrics."""
