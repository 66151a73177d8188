e = ValueError('x'); e.add_note('note1'); e.add_note('n2\nn3')
raise ExceptionGroup('g', [e, TypeError('t'), ExceptionGroup('h', [OSError(2,'No such')])])
