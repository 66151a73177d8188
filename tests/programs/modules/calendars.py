"""calendar: months and years as text and HTML, weeks, messages."""
import calendar
print(calendar.__all__)
print(calendar.month(2024,2)); print(calendar.TextCalendar(6).formatmonth(2023,10,3,2)); print(calendar.calendar(2023,m=4)[:600])
print(calendar.HTMLCalendar().formatmonth(2024,2)); print(calendar.HTMLCalendar(6).formatyear(2024,6)[:700])
print(calendar.HTMLCalendar().formatyearpage(2023)[:300])
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,e)
for s in ["calendar.monthrange(2024,2)","calendar.monthrange(2024,13)","calendar.isleap(1900)","calendar.leapdays(1900,2001)","calendar.weekday(2024,2,29)","calendar.monthcalendar(2024,2)","calendar.timegm((1970,1,2,0,0,0))","calendar.setfirstweekday(7)","calendar.firstweekday()","list(calendar.month_name)","list(calendar.day_abbr)","calendar.day_name[0]","calendar.month_abbr[1:3]","calendar.weekheader(3)","calendar.weekheader(12)","calendar.Calendar(2).getfirstweekday()","list(calendar.Calendar(3).iterweekdays())","list(calendar.Calendar().itermonthdates(2024,2))[:3]","list(calendar.Calendar().itermonthdays2(2024,2))[:9]","list(calendar.Calendar().itermonthdays3(2024,2))[-3:]","list(calendar.Calendar().itermonthdays4(2024,2))[-3:]","calendar.Calendar().monthdatescalendar(2024,2)[0][0]","calendar.Calendar().yeardayscalendar(2024,4)[0][0][0]","len(calendar.Calendar().yeardatescalendar(2024))","calendar.Calendar().yeardays2calendar(2024)[0][0][0]","calendar.MONDAY","calendar.prmonth(2024,1)","calendar.week([(1,0),(2,1)],3)","calendar.IllegalMonthError(13)","calendar.IllegalWeekdayError(8)","calendar.TextCalendar().formatweekday(0,9)","calendar.TextCalendar().formatmonthname(2024,2,20)","calendar.LocaleTextCalendar(0,'C').formatmonth(2024,2)","calendar.formatstring(['a','b'],5,2)","calendar.EPOCH","calendar.February","calendar.mdays","calendar.different_locale","calendar.weekday(10000,1,1)"]: t(s.replace("calendar.different_locale","calendar.error"))
calendar.setfirstweekday(6); print(calendar.month(2024,5)); calendar.TextCalendar().pryear(2024,1,1,2,6)
