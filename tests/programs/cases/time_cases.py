# time: clocks and calendars, in UTC.
import time

moment = time.gmtime(86400 * 365)


for text in r'''
moment, moment.tm_year, moment[:6], moment.tm_zone
time.gmtime(0)[:9], time.gmtime(-1)[:6]
time.strftime("%Y-%m-%d %H:%M:%S", moment), time.strftime("%a %b %j %U %w %%", moment)
time.strptime("2020-02-29 12:30", "%Y-%m-%d %H:%M")[:8]
time.strptime("31 Feb", "%d %b")
time.strptime("x", "%Y")
time.asctime(moment), time.asctime((2000, 1, 2, 3, 4, 5, 6, 7, 0))
time.asctime(5)
time.struct_time(range(9)), time.struct_time(range(9)).tm_yday
time.struct_time([1])
time.monotonic() <= time.monotonic(), time.perf_counter_ns() <= time.perf_counter_ns(), type(time.time_ns())
time.sleep(-1)
time.sleep("x")
time.gmtime(1e20)
time.get_clock_info("monotonic").monotonic, time.get_clock_info("time").adjustable
time.get_clock_info("none")
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
