# string.Formatter, string.Template and string.capwords: templates, their errors and what subclasses change.
import string
from string import Formatter, Template, capwords
def t(f,*a,**k):
    try: print(repr(f(*a,**k)))
    except Exception as e: print(type(e).__name__,e)
F=Formatter()
for c in [("{} {}",1,2),("{0} {1!r:>5}",1,'x'),("{a.real} {b[k]}",),("{",),("}",),("{}{",1),("a{{b}}",),("{0!x}",1),("{0} {}",1,2),("{} {0}",1,2),("{:{}}",'a',5),("{:{:{}}}",1,2,3),("{!r}",'é'),("{!a}",'é'),("{!s}",'é'),("{zz}",),("{5}",),("{[0]}",[1]),("{0[a]}",{'a':1}),("{0[1]}",[1,2]),("{0.x}",1),("{0[}",1),("{0.}",1),("{0[]}",1),("{0[1]x}",[1,2]),("x{{{0}}}y",1),(1,),(None,),("{:>{w}}",3),("{0:{w}.{p}f}",3.14159)]:
    t(F.format,*c,a=3,b={'k':1},w=8,p=2)
t(F.format); t(F.vformat,"{0}",(1,),{})
for s in ("a{b!r:c}d","{{}}","{","a{b","a}b","{a!}","{a!r","{a!rx}","{a:{b}c}","", "x{y[}]}z",5,"{{{a}}}"):
    t(lambda: list(F.parse(s)))
t(F.get_field,"0.real",(1,),{}); t(F.get_field,"a[0][b]",(1,),{'a':[{'b':3}]}); t(F.get_value,0,[1],{}); t(F.get_value,'a',[1],{'a':2}); t(F.get_value,'a',[1],{})
t(F.convert_field,1,'q'); t(F.format_field,1,'>5'); t(F.check_unused_args,set(),(),{}); t(F.format_field,1,'z>5q')
class G(Formatter):
    def get_value(self,k,a,kw):
        if isinstance(k,str): return kw.get(k,'<'+k+'>')
        return super().get_value(k,a,kw)
    def check_unused_args(self,u,a,kw): print('used',sorted(map(str,u)),a,kw)
    def convert_field(self,v,c): return v.upper() if c=='u' else super().convert_field(v,c)
t(G().format,"{x} {0!u} {y!r}",'abc',y=1,z=2)
T=Template
for s in ("$a ${b} $$ $c","$","x\ny $ z","${","${a","$a$b$$","${1}","$1","$_x1-","$A ${A_1}","é$é","\n\n$!","a$$b","${a}b","$aé",""):
    x=T(s); print(repr(s)); t(x.substitute,{'a':1,'b':2,'_x1':5}); t(x.substitute,a=1,b='q',A=3); t(x.safe_substitute,{'a':1},b=2); t(x.safe_substitute); t(x.is_valid); t(x.get_identifiers)
t(T('$a $b').substitute,{'a':1},a=2,b=3); t(T('$a').substitute,5); t(T('$self').substitute,self=1); t(T('$mapping').substitute,mapping=1); t(T('$a').substitute,{},{})
t(T)
class P(Template): delimiter='%'
t(P('%a %% %{b} $a 100%').safe_substitute,a=1,b=2); t(P('%a %').substitute,a=1)
class Q(Template): idpattern='[a-z]+_[a-z]+'
t(Q('$a_b $ab ${c_d}').safe_substitute,a_b=1,ab=2,c_d=3)
class R(Template): braceidpattern='[a-z.]+'
t(R('$a_b ${a.b}').safe_substitute,{'a_b':1,'a.b':2}); print(R('${a.b}').get_identifiers())
class S(Template): delimiter='&&'
t(S('&&a &&&& &&{a}').substitute,a=1)
print(T('x').template, T.delimiter, T.idpattern, T.braceidpattern)
for a in (('hello WORLD  x',),('a-b-C','-'),('',),(' a ',None),(' a ',''),(1,),()): t(capwords,*a)
print(string.printable, string.__all__)
