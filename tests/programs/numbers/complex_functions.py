"""cmath: every function on ordinary, infinite and missing numbers."""
import cmath, math
vals=[0.0,-0.0,1.0,-1.0,0.5,-2.5,1e-320,1e308,-1e308,float('inf'),float('-inf'),float('nan'),710.0,3.0]
names=['acos','acosh','asin','asinh','atan','atanh','cos','cosh','exp','log','log10','sin','sinh','sqrt','tan','tanh','phase','polar','isfinite','isinf','isnan']
for n in names:
    for x in vals:
        for y in vals:
            try: r=repr(getattr(cmath,n)(complex(x,y)))
            except Exception as e: r=type(e).__name__+str(e)
            print(n,x,y,r)
for x in vals:
    for y in vals:
        try: r=repr(cmath.rect(x,y))
        except Exception as e: r=type(e).__name__+str(e)
        print('rect',x,y,r)
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,e)
class C:
    def __complex__(self): return 3+4j
class F:
    def __float__(self): return 2.0
for s in ["cmath.sqrt(-1)","cmath.log(1j,2)","cmath.log(2,0)","cmath.log(8,2)","cmath.sqrt('a')","cmath.sqrt(C())","cmath.sqrt(F())","cmath.sqrt()","cmath.isclose(1,1+1e-10j)","cmath.isclose(1,2,rel_tol=-1)","cmath.e,cmath.pi,cmath.tau,cmath.inf,cmath.nan,cmath.infj,cmath.nanj","cmath.exp(1j*cmath.pi)","cmath.polar(3+4j)","cmath.rect(1,2)","cmath.rect('a',1)","cmath.exp(1000)","cmath.sqrt(10**400)","sorted(n for n in dir(cmath) if n[0]!='_')"]: t(s)
