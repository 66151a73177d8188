from concurrent.futures import ThreadPoolExecutor, as_completed, wait, FIRST_COMPLETED
import time
def sq(x):
    time.sleep(x*0.1); return x*x
with ThreadPoolExecutor(max_workers=3) as ex:
    print(list(ex.map(sq, [3,1,2,5])))
    fs=[ex.submit(sq,i) for i in (3,1,2)]
    print([f.result() for f in as_completed(fs)])
    f=ex.submit(lambda:1/0)
    print(repr(f.exception()))
    try: f.result()
    except ZeroDivisionError as e: print("zde",e)
    d,n=wait([ex.submit(sq,1),ex.submit(sq,9)],return_when=FIRST_COMPLETED); print(len(d),len(n))
try: ex.submit(sq,1)
except RuntimeError as e: print(e)
from queue import *
pq=PriorityQueue()
for x in (5,1,4): pq.put(x)
print([pq.get() for _ in range(3)])
try: pq.get(timeout=0.5)
except Empty: print("empty")
q=Queue(1); q.put(1)
try: q.put_nowait(2)
except Full: print("full")
