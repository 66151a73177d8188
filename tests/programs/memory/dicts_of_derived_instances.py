import gc, collections, types, io
gc.collect(); gc.disable()
for base, args in [(object,()),(list,()),(dict,()),(set,()),(frozenset,([1],)),(bytearray,()),(str,()),(int,()),(tuple,()),(float,()),(complex,()),(bytes,()),(collections.deque,()),(property,()),(collections.OrderedDict,()),(collections.defaultdict,()),(Exception,()),(types.SimpleNamespace,()),(enumerate,([],)),(zip,()),(staticmethod,(len,)),(types.ModuleType,('m',))]:
    try: S=type('S',(base,),{})
    except TypeError as e: print(base, e); continue
    s=S(*args); gc.collect(); s.me=s; n=gc.collect(0); gc.collect(); del s; print(base.__name__, gc.collect(), S.__dictoffset__)
