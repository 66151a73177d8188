"""decimal: construction, arithmetic, contexts, signals, text, messages."""
from decimal import *
import decimal,copy
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,e)
for s in ["Decimal('abc')","Decimal('1_000.5')","Decimal(0.1)","Decimal(None)","Decimal([1])","Decimal((0,(1,2),-1))","Decimal((2,(1,),0))","Decimal((0,(11,),0))","Decimal((0,(1,),'x'))","Decimal(1)/0","Decimal(0)/0","Decimal(1)//0","Decimal(1)%0","divmod(Decimal(1),0)","Decimal('sNaN')+1","Decimal('Infinity')-Decimal('Infinity')","Decimal('1e999999')*10","Decimal('NaN')<1","Decimal(1)+1.5","1.5+Decimal(1)","Decimal(1)+'a'","Decimal(1)<'a'","Decimal('1.5')==1.5","Decimal('0.1')==0.1","Decimal(1)<2.5","sum([Decimal('0.1')]*10)","Decimal('0.1')+Decimal('0.2')","Decimal(10)/3","Decimal(2).sqrt()","Decimal(-1).sqrt()","Decimal(1).exp()","Decimal(10).ln()","Decimal(2)**Decimal('0.5')","Decimal(2)**100","Decimal(2)**-1","Decimal(-8)**(Decimal(1)/3)","pow(Decimal(3),4,5)","Decimal('3.14159').quantize(Decimal('0.01'))","Decimal('2.5').quantize(Decimal(1),rounding=ROUND_HALF_UP)","Decimal('2.5').quantize(Decimal(1))","round(Decimal('2.675'),2)","round(Decimal('2.5'))","int(Decimal('-3.7'))","float(Decimal('0.1'))","Decimal('1.10')","Decimal('1.10').normalize()","Decimal('1E+3')","Decimal('1000').normalize()","str(Decimal('0.0000001'))","Decimal('123.456').as_tuple()","hash(Decimal(1))==hash(1)","hash(Decimal('0.5'))==hash(0.5)","Decimal('-0')","abs(Decimal('-5'))","max(Decimal(1),Decimal(2))","sorted([Decimal(3),1,2.5])","f'{Decimal(\"1234567.891\"):,.2f}'","f'{Decimal(\"0.25\"):.1%}'","format(Decimal(1),'x')","getcontext()","Context(prec=0)","Context(rounding='x')","Context(prec='a')","Context(traps=3)","ExtendedContext","BasicContext","setcontext(3)","localcontext(3)","localcontext(foo=5)","Decimal.from_float('a')","Decimal('Infinity').as_integer_ratio()","int(Decimal('NaN'))","Decimal('1.5').as_integer_ratio()","Decimal(5).scaleb(2)","Decimal('5E+3').to_eng_string()","Decimal('12345').shift(2)","Decimal(7).remainder_near(4)","Decimal(2).fma(3,5)","Decimal('1').next_plus()","Decimal(3).compare(4)","copy.copy(Decimal(1))","copy.deepcopy(getcontext()).prec","getcontext().divide(1,3)","getcontext().create_decimal('1.23456789012345678901234567890123')","getcontext().power(2,10)","getcontext().flags[Inexact]","getcontext().flags","Decimal('1')._foo","Decimal(1).real","bool(Decimal(0))","Decimal('nan')==Decimal('nan')","Decimal(True)","Decimal('٣')","Decimal('  3  ')","Decimal('')","Decimal('1e')","MAX_PREC","DecimalTuple(0,(1,),2)","Decimal(3)//2","-7//Decimal(2)","Decimal(-7)%3","-7%Decimal(3)","Decimal('1e-10')*0","complex(Decimal(1))","Decimal(1).is_finite()","Decimal(10).log10()","Decimal(1000).log10()","Decimal('0.001').logb()","decimal.__version__","decimal.HAVE_THREADS","Decimal(1,2)","Context().Etiny()","DivisionByZero.__mro__","Overflow.__mro__","FloatOperation.__mro__","getcontext().sqrt(2)","getcontext().sqrt('2')","Decimal(3).max(4)","Decimal('1.0')==1","{Decimal('1.0'):1}[1]","Decimal(2)**Decimal(3)","2**Decimal(3)","Decimal(4)**Decimal('0.5')","Decimal('1.1')**2","Decimal(0)**0","Decimal(1e16)","Decimal(123456789).__format__('e')", "format(Decimal('NaN'),'10')", "getcontext().abs(-3)"]: t(s)
with localcontext() as c:
    c.prec=5
    print(Decimal(1)/3, c)
with localcontext(prec=3, rounding=ROUND_UP): print(Decimal(2)/3)
print(Decimal(1)/3)
c=Context(traps=[FloatOperation]); setcontext(c); t("Decimal(0.5)"); t("Decimal(1)<0.5"); t("Decimal(1)==0.5"); t("c.flags[FloatOperation]")
c.clear_flags(); t("c"); t("c.traps"); c.traps[Inexact]=True; t("Decimal(1)/3"); t("c.prec"); 
try: c.prec=-1
except Exception as e: print(type(e).__name__,e)
try: c.foo=1
except Exception as e: print(type(e).__name__,e)
try: c.rounding=1
except Exception as e: print(type(e).__name__,e)
try: c.capitals=3
except Exception as e: print(type(e).__name__,e)
class D(Decimal): pass
t("D(1)"); t("D(1)+1"); t("type(D(1)+1)"); t("Decimal(D(3))")
