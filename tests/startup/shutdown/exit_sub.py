class E(SystemExit):
    def __init__(s): s.code='custom'
raise E()
