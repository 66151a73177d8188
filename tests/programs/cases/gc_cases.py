# gc: the collector.
import gc
import weakref


class Node:
    pass


def ring():
    node = Node()
    node.self = node
    return weakref.ref(node)


gc.collect()


for text in r'''
gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled()
gc.get_threshold(), gc.set_threshold(100, 5), gc.get_threshold(), gc.set_threshold(700, 10, 10)
[dead := ring(), dead() is None, gc.collect() >= 1, dead() is None][1:]
gc.is_tracked([]), gc.is_tracked(5), gc.is_tracked({}), gc.is_tracked({"a": []}), gc.is_tracked(()), gc.is_tracked("s")
gc.is_finalized(Node()), gc.garbage, gc.get_debug()
gc.collect(3)
gc.collect(-1)
gc.get_referents([1, "a"]), gc.get_referents({"k": 2}), gc.get_referents()
(lambda inner: [type(r) for r in gc.get_referrers(inner) if isinstance(r, tuple)])(*[[["in"]][0]]), len(gc.get_stats())
gc.freeze(), gc.get_freeze_count() > 0, gc.unfreeze(), gc.get_freeze_count()
sorted(gc.get_stats()[0]), type(gc.get_objects()), gc.get_objects(5)
[seen := [], gc.callbacks.append(lambda phase, info: seen.append((phase, info["generation"]))), gc.collect(1), gc.callbacks.clear(), seen][-1]
gc.DEBUG_LEAK, gc.DEBUG_STATS, gc.DEBUG_SAVEALL, gc.DEBUG_UNCOLLECTABLE, gc.DEBUG_COLLECTABLE
gc.set_threshold("x")
gc.get_objects(7)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
