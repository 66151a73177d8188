import threading

lock = threading.Lock()
done = []


def work(number):
    with lock:
        done.append(number)


threads = [threading.Thread(target=work, args=(n,)) for n in (10, 20)]
with lock:
    for thread in threads:
        thread.start()
for thread in threads:
    thread.join()
