# -*- coding: latin-1 -*-
café = "éÿ", b"a"
