f''
f'a'
f'{a}'
f'{a!r}{b!s:>10}{c:{d}.{e!a}}'
f'{a=}{b = }{c=!s}{d=:x}'
f'{{a}}{b}}}'
'a' f'b{c}d' 'e' f'{f}' "g"
f'''
{a
 + b}
  {
c}'''
rf'\d{a}\n', Rb'x', F"{'b'}"
f'{a["b"]}{lambda_}{(lambda x: 1)}{ {1: 2}[1] }{a!=b}{a:=5}'
f"""{f'{f"{1}"}'}"""
f'\N{BULLET}{x}\n'
u'a' f'{b}' 'c'
f'{(yield)}{*a, b}'
f"{x:{'a'}>{10}}" if a else b
