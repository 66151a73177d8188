import syn
