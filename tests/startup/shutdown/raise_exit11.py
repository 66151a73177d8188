raise SystemExit(ValueError('q'))
