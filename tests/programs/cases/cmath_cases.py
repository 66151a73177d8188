# cmath: functions of complex numbers.
import cmath


for text in r'''
cmath.sqrt(-1), cmath.sqrt(3 + 4j), cmath.exp(0), cmath.log(1)
cmath.phase(-1), cmath.phase(1j), cmath.phase(-1 - 0j)
cmath.polar(1 + 1j), cmath.rect(2, cmath.pi / 2)
cmath.log(8, 2), cmath.log10(1000), cmath.log(-1)
cmath.log(0)
cmath.sin(1j), cmath.cos(0), cmath.tan(0.5), cmath.asin(2), cmath.acos(2), cmath.atan(1 + 1j)
cmath.sinh(1), cmath.cosh(1j), cmath.tanh(0), cmath.asinh(1), cmath.acosh(0.5), cmath.atanh(0.5j)
cmath.atanh(1)
cmath.exp(710)
cmath.isfinite(1 + 1j), cmath.isinf(complex("inf")), cmath.isnan(complex("nan")), cmath.isclose(1, 1 + 1e-10j)
cmath.isclose(1, 2, rel_tol=-1)
cmath.pi, cmath.e, cmath.tau, cmath.inf, cmath.nanj, cmath.infj
cmath.sqrt("x")
cmath.polar(5), cmath.rect(0, 1), cmath.phase(complex(-0.0, 0.0))
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
