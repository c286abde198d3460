# Pages that say what is wrong.
