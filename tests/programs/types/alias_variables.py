"""Type variables in aliases and unions of builtin types are replaced."""
from types import GenericAlias
from typing import TypeVar, ParamSpec, TypeVarTuple, Callable, Union

T, K, Ts, P = TypeVar("T"), TypeVar("K"), TypeVarTuple("Ts"), ParamSpec("P")
A = dict[K, list[T]]
print(A.__parameters__, A[str, int], A[str, int].__parameters__)
for alias, key in [
    (list[T], int), (list[list[T]], str), (tuple[T, K, T], (int, str)), (tuple[int, *Ts], (str, bytes)), (tuple[*Ts], ()),
    (tuple[*Ts, T], (1, 2, 3)), (T | int, str), (list[T] | K, (int, str)), (list[T] | None, bytes), (dict[T, Union[K, None]], (int, str)),
    (tuple[T, ...], int), (type[T], int), (list[T], T), (tuple[T, K], (K, T)), (list[Callable[[T], K]], (int, str)),
    (list[T], *tuple[int]) if False else (list[T], list[K]),
]:
    print(alias, alias.__parameters__, "→", alias[key], alias[key].__parameters__)
for alias, key in [(list[int], str), (list[T], (int, str)), (dict[K, T], int), (int | str, bytes), (tuple[T, *Ts], ())]:
    try:
        print(alias[key])
    except TypeError as error:
        print("TypeError:", error)


class My(GenericAlias):
    pass


print(My(list, (T,)) | int, My(list, (T,))[int], type(My(list, (T,))[int]))


class Meta(type):
    __call__ = dict


class Made(metaclass=Meta):
    pass


print(Made(a=1), Made([(1, 2)]))
