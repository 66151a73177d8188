"""datetime: construction, arithmetic, zones, text both ways, messages."""
import datetime
print(datetime.__all__)
def t(s):
    try: print(s,'->',repr(eval(s,vars(datetime))))
    except BaseException as e: print(s,'->',type(e).__name__,e)
for s in ["date(2020,13,1)","date(0,1,1)","date(2020,2,30)","date(10000,1,1)","date('a',1,1)","date(2020)","date(2020,1,1)-3","date(2020,1,1)<3","date(2020,1,1)==3","date(2020,1,1)<datetime(2020,1,1)","date.fromisoformat('2020-1-1')","date.fromisoformat('2020-W01-1')","date.fromisoformat('20200101')","date.fromisoformat('x')","date.fromisoformat(3)","date.fromisocalendar(2020,54,1)","date.fromisocalendar(2020,1,8)","date.fromordinal(0)","date.fromordinal(10**9)","date.fromtimestamp(86400*3)","date.fromtimestamp('a')","date(2020,1,1).replace(month=13)","time(25)","time(1,60)","time(1,1,60)","time(1,1,1,10**6)","time(1,2,3,4,5)","time(1,fold=2)","time.fromisoformat('25:00')","time.fromisoformat('10:11:12.123456+01:00')","time.fromisoformat('T1011')","time.fromisoformat('a')","datetime(2020,1,1,25)","datetime(2020,1,1,tzinfo=3)","datetime.fromisoformat('2020-01-01T10:11:12Z')","datetime.fromisoformat('2020-01-01 10:11:12,5')","datetime.fromisoformat('2020-01-01T')","datetime.fromisoformat('2020-W01-3T10')","datetime.fromtimestamp(1e20)","datetime.fromtimestamp(0,timezone.utc)","datetime.utcfromtimestamp(1.5)","datetime(2020,1,1)-datetime(2020,1,1,tzinfo=timezone.utc)","datetime(2020,1,1)<datetime(2020,1,1,tzinfo=timezone.utc)","datetime(2020,1,1)==datetime(2020,1,1,tzinfo=timezone.utc)","datetime.max+timedelta(1)","datetime.strptime('2020','%Y-%m')","datetime.strptime('2020-01-02x','%Y-%m-%d')","datetime.strptime('03 Feb 2020 10:11 PM +0130','%d %b %Y %I:%M %p %z')","datetime.strptime('x','%Q')","datetime.combine(date(2020,1,1),time(3))","datetime.combine(1,2)","datetime(2020,1,1,10).strftime('%Y %y %m %B %b %d %H %I %M %S %f %p %j %U %W %w %a %A %c %x %X %% %z|%Z %G %V %u %e %D %T %F %s %h %n %t %R %C')","datetime(2020,1,1,tzinfo=timezone(timedelta(hours=-5,minutes=-30))).strftime('%z %Z')","timedelta(1,2,3,4,5,6,7)","timedelta(10**10)","timedelta('a')","timedelta(1.5)","timedelta(days=1)/2","timedelta(1)//timedelta(hours=5)","timedelta(1)%timedelta(hours=5)","divmod(timedelta(1),timedelta(hours=5))","timedelta(1)/timedelta(hours=5)","timedelta(1)*1.5","timedelta(1)//0","timedelta(1)/0","timedelta(1)+3","-timedelta(1,5)","abs(timedelta(-1))","str(timedelta(-1,5))","str(timedelta(2,3661,7))","repr(timedelta(0))","bool(timedelta(0))","timedelta.max","timedelta.min","timedelta.resolution","timedelta(microseconds=1.5)","timedelta(seconds=0.0000005)","timezone(3)","timezone(timedelta(hours=24))","timezone(timedelta(hours=1))","timezone(timedelta(hours=1),'X')","timezone.utc","timezone(timedelta(0))","str(timezone(timedelta(hours=-1,seconds=30)))","timezone.utc.utcoffset(3)","timezone.utc.tzname(None)","timezone(timedelta(1),3)","tzinfo().utcoffset(None)","datetime(2020,1,1,12,tzinfo=timezone.utc).astimezone(timezone(timedelta(hours=2)))","datetime(2020,1,1).isoformat('x','minutes')","datetime(2020,1,1).isoformat(timespec='foo')","datetime(2020,1,1,1,1,1,5).isoformat(timespec='milliseconds')","datetime(2020,1,1).timetuple()","datetime(2020,1,1).ctime()","datetime(2020,1,1).timestamp()","date(2020,1,1).isocalendar()","date(2020,1,1).__format__('%d')","format(date(2020,1,1),'')","datetime(2020,1,1).__reduce__()","date(2020,1,1).__reduce__()","time(1,2).__reduce__()","timedelta(1).__reduce__()","timezone.utc.__reduce__()","timezone.utc.__getinitargs__()","hash(date(2020,1,1))==hash(date(2020,1,1))","time(1,2,tzinfo=timezone.utc)","time(1)<time(1,tzinfo=timezone.utc)","time(1)==time(1,tzinfo=timezone.utc)","time(1)<3","datetime.now(3)","date(2020,1,1)+timedelta(1)","date(2020,1,1)-date(2019,1,1)","date.max+timedelta(1)","datetime(2020,1,1)+3","datetime(2020,1,1,fold=1)","datetime(2020,1,1,0,0,0,1,fold=1)","time(1,fold=1)","datetime(2020,1,1).utctimetuple()","datetime(2020,1,1).date()","datetime(2020,1,1,5,tzinfo=timezone.utc).timetz()","date.min","date.max","date.resolution","MINYEAR","UTC","isinstance(datetime(1,1,1),date)","datetime.fromordinal(5)","date(2020,1,1).strftime(3)","date(2020, 1, 1).strftime('%é')","datetime(2020,1,1).replace(tzinfo=3)","date(2020,1,1,1)","date.fromisocalendar('a',1,1)","datetime.fromisoformat('2020-01-01T10:11:12+25:00')","datetime(1,1,1).timestamp()","timedelta(1)<3","timedelta(1)==3","sum([timedelta(1)],timedelta())","time(1,2,3).isoformat('hours')","time(1,2,3).strftime('%H:%M %Y')","datetime.strptime('12/31/99','%x')","datetime.strptime('Mon Jan  6 2020','%a %b %d %Y')","datetime.strptime('2020 100','%Y %j')","datetime.strptime('2020 01 1','%G %V %u')","datetime.strptime('10:00 UTC','%H:%M %Z')","datetime.strptime(3,'a')"]: t(s)

from datetime import date, datetime as dt, time, timedelta, timezone, tzinfo
class Zone(tzinfo):
    """An hour ahead, two in summer."""
    def utcoffset(self, moment):
        return timedelta(hours=1) + self.dst(moment)
    def dst(self, moment):
        return timedelta(hours=1) if moment is not None and 4 <= moment.month <= 9 else timedelta(0)
    def tzname(self, moment):
        return 'ZT'
    def __repr__(self):
        return 'Zone()'
z = Zone()
for month in (1, 7):
    m = dt(2021, month, 15, 12, tzinfo=z)
    print(m, repr(m), m.astimezone(timezone.utc), m.timetuple().tm_isdst, m.strftime('%Z %z'), m.utctimetuple()[3], dt(2021, month, 15, 12, tzinfo=timezone.utc).astimezone(z))
print(dt(2021, 1, 1, tzinfo=z) - dt(2021, 7, 1, tzinfo=z), dt(2021, 1, 1, tzinfo=z) - dt(2021, 7, 1, tzinfo=timezone.utc))
for year in (1, 4, 100, 1600, 1900, 2000, 2023, 2024, 9999):
    print(year, date(year, 3, 1).toordinal(), date(year, 12, 31).isocalendar(), date(year, 1, 1).weekday(), date.fromordinal(date(year, 12, 31).toordinal()))
assert all(date.fromordinal(n).toordinal() == n for n in range(1, 3652060, 997))
print(sorted([date(2021, 5, 1), date(2020, 5, 1)]), max(timedelta(1), timedelta(hours=30)), {timedelta(0), timedelta(0)}, date(2021, 1, 31) + timedelta(days=31))
print([str(timedelta(microseconds=n)) for n in (0, 1, -1, 10**6, 86400 * 10**6, -86400 * 10**6 - 5)])
print(timedelta(days=1, hours=-25), timedelta(milliseconds=1500).total_seconds(), timedelta(seconds=7) / 3, timedelta(seconds=-7) // 2, timedelta(1) * 0.1)
try:
    date(2020, 1, 1).year = 3
except AttributeError as error:
    print('AttributeError')
class Day(date):
    def next(self):
        return self + timedelta(1)
d = Day(2020, 2, 28)
print(d, d.next(), type(d.next()).__name__, d.replace(day=3), isinstance(d, date), d == date(2020, 2, 28), type(Day.today()).__name__)
import copy
print(copy.copy(m) == m, copy.deepcopy(timedelta(3)), dt.now().tzinfo, dt.now(timezone.utc).tzinfo, dt.utcnow() <= dt.utcnow())
print(f'{dt(2021, 3, 4, 5, 6):%A, %d. %B %Y, %H:%M}', f'{date(2021, 3, 4):>12}|' if False else date(2021, 3, 4).__format__(''), f'{time(4, 5):%H-%M}')
print(hash(date(2020, 1, 1)) == hash(bytes([7, 228, 1, 1])), len({dt(2020, 1, 1, tzinfo=timezone.utc), dt(2020, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))}))
print(dt.strptime('2021-03-04T05:06:07.089+0102', '%Y-%m-%dT%H:%M:%S.%f%z'), dt.strptime('4 march 99', '%d %B %y').date(), time.max, dt.min, dt.max)
match date(2020, 5, 6):
    case date(year=2020, month=m):
        print('month', m)
