# The calendar of time: strptime, strftime, struct_time, mktime and their errors.
import time
def t(f,*a,**k):
    try: print(f.__name__,a,k,repr(f(*a,**k)))
    except Exception as e: print(f.__name__,a,k,type(e).__name__,e)
for a in ('2024-13-01','%Y-%m-%d'),('2024-02-30','%Y-%m-%d'),('x','%'),('x','%Q'),('12 ab','%H'),('1','%'),('3','%G'),('3 1','%G %j'),('2020 1 1','%G %V %u'),('x 1','%V %Y'),(1,'%Y'),('a',1),('12:00 AM','%I:%M %p'),('Mon Jan  3 2022','%a %b %d %Y'),('+0530','%z'),('UTC','%Z'),('2022 1 5','%Y %W %w'),('2022 0 0','%Y %U %w'),('2022-364','%Y-%j'),('Z','%z'),('.5','.%f'),('99','%y'),('68','%y'),('Thu Nov 28 01:02:03 2019',),('2020 W10 1','%Y W%V %u'),('2020 10','%G %V'),('2020 5','%G %j'),('10 1','%V %u'),('29','%d'),('Feb 29','%b %d'),('2024111','%Y%m%d'),('2020 53 1','%G %V %u'),('2021 53 1','%G %V %u'),('+05:30:10.5','%z'),('+05:3010','%z'),('  a  1','a %d'),('%5','%%%d'),('a.b','a.b'),('MONDAY','%A'),('12','%I'),('12 pm','%I %p'),('61','%S'),('1 2 3','%c'),('01/02/99','%x'),('10:11:12','%X'),('gmt','%Z'),('٣','%d'),('-0330','%z'),('0000','%Y'),('may 3','%B %d'),('a\t\nb','a b'),('ab','a b'),('2024-060','%Y-%j'),('2024 366','%Y %j'),('2023 366','%Y %j'):
    t(time.strptime,*a)
print(time.strptime('UTC -0330','%Z %z').tm_zone,time.strptime('utc -0330','%Z %z').tm_gmtoff)
for a in ((2024,1,1,0,0,0,0,1,-1),(2024,0,0,0,0,0,0,0,0),(2024,13,1,0,0,0,0,1,-1),(2024,1,32,0,0,0,0,1,-1),(2024,1,1,24,0,0,0,1,-1),(2024,1,1,0,60,0,0,1,-1),(2024,1,1,0,0,62,0,1,-1),(2024,1,1,0,0,0,-2,1,-1),(2024,1,1,0,0,0,9,1,5),(2024,1,1,0,0,0,0,367,-1),(-5,1,1,0,0,0,0,1,-1),(2**40,1,1,0,0,0,0,1,-1),(2**70,)*9,(2024,1,1,0,0,0,0,1,'a'),('a',)*9,[2024,1,1,0,0,0,0,1,-1],(12345,1,1,0,0,0,0,1,-1),(2024,14,35,25,61,70,0,1,0),(2024,-3,-5,0,0,0,0,0,1),(987,1,1,0,0,0,0,1,1)):
    t(time.asctime,a); t(time.mktime,a); t(time.strftime,'%c|%x|%X|%y|%C|%Y|%Z|%z|%s',a)
x=time.gmtime(3*86400+5*3600+7)
for c in 'aAbBcCdDeEfFgGhHiIjJklLmMnNopPqQrRsStTuUvVwWxXyYzZ%+': t(time.strftime,'%'+c,x)
for s in '%-d','%_d','%5d','%05d','%^a','%#a','%-5d','%Ey','%Od','%','a%','é%Y','\ud800','%\0','x\0y','','%10Y','%#Z','%_5m','%0e','%-H%-I','%+4Y','%5a','%05a','%-j','%_H','%10c','%-e','%k','%-l','%5%','%^Z','%#p','%^B %P','%20F','%T%-M','%_10T': t(time.strftime,s,x)
for s in ('monotonic','time','perf_counter','process_time','thread_time','x',5): t(time.get_clock_info,s)
print(x, x.tm_zone,x.tm_gmtoff, time.localtime(0),time.localtime(0).tm_zone)
print(x.__reduce__())
print(time.strptime('2020','%Y').tm_zone, time.struct_time(range(9)), time.struct_time(range(11)).tm_gmtoff)
print({k:v for k,v in vars(time).items() if k.startswith('CLOCK')})

h=0
for i in range(0,4000):
    s=i*86400*37+i*7919-60000000000
    m=time.gmtime(s); assert time.mktime(m)==s,(s,m)
    h=hash((h,tuple(m),time.strftime('%G %V %U %W %j %u %w %C %y',m)==1))
    if i%50==0: print(time.strftime('%G-%V-%u %U %W %j %a %d.%m.%Y %I%p',m))
print(h)
print(time.localtime().tm_year>=1970, len(time.ctime()), len(time.asctime()), len(time.strftime('%c'))>5, time.gmtime().tm_zone, type(time.time_ns()),time.clock_gettime(1)>=0,time.clock_gettime_ns(0)>=0)
for f in (time.gmtime,time.localtime,time.asctime,time.ctime,time.mktime,time.strftime,time.strptime,time.get_clock_info,time.clock_getres,time.clock_gettime,time.clock_gettime_ns,time.tzset,time.clock_settime,time.time,time.struct_time,time.sleep,time.monotonic):
    for a in ((),(None,),('a',),(1,2,3,4),(1e30,),(10**12,),(-1,),(1.9999999,),(float('nan'),),((1,2),),([1]*9,),((2024,)+(1,)*8,),('%Y',(1,)),('%Y',(2024,13,1,1,1,1,1,1,1)),(10**17,),(10**30,),(99,),('a','b','c')):
        if f in (time.localtime,time.ctime,time.gmtime,time.asctime,time.strftime) and a in ((),(None,)): continue
        if f.__name__ in ('time','tzset','monotonic') and a==(): continue
        if f.__name__ == 'sleep' and a in ((1.9999999,),(99,),(10**12,)): continue
        if f.__name__.startswith('clock_gett') and a and a[0] in (1,): continue
        t(f,*a)
    try: print(f(x=1))
    except TypeError as e: print(e)
    except ValueError as e: print(e)
