from pk import a
