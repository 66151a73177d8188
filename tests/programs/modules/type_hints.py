"""typing: aliases, variables, special forms, protocols, named tuples, typed dicts, hints."""
from typing import *
import typing
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,e)
T=TypeVar('T');K=TypeVar('K',int,str);B=TypeVar('B',bound=int,covariant=True);P=ParamSpec('P');Ts=TypeVarTuple('Ts')
for s in ["List","List[int]","List[T][int]","Dict[str,int]","Tuple","Tuple[int,...]","Tuple[()]","Callable","Callable[[int],str]","Callable[...,T]","Callable[P,int]","Callable[Concatenate[int,P],T]","Optional[int]","Optional[None]","Union[int,str]","Union[int]","Union[int,int]","Union[int,None]","Union","Any","NoReturn","Never","Self","LiteralString","ClassVar[int]","Final[int]","Literal[1,'a',None]","Literal[1,1,2]","Annotated[int,3]","Annotated[int]","Type[int]","T","K","B","P","Ts","P.args","P.kwargs","Unpack[Ts]","Tuple[Unpack[Ts]]","Generic","Generic[T]","Generic[int]","Generic[T,T]","List[int,str]","List[3]","Dict[int]","Optional[1]","Optional[int,str]","Union[3]","Literal[[]]","ClassVar","ClassVar[3]","int|None","Optional['X']","ForwardRef('X')","ForwardRef('1x')","ForwardRef(3)","TypeVar('A','B')","TypeVar('A',int)","TypeVar('A',covariant=True,contravariant=True)","TypeVar(3)","NewType('U',int)","NewType('U',int)(5)","NewType('U',int).__supertype__","get_type_hints(int)","get_origin(List[int])","get_args(Dict[str,int])","get_origin(Union[int,str])","get_args(Callable[[int],str])","get_args(Optional[int])","get_origin(Annotated[int,3])","get_args(Annotated[int,3])","get_origin(Literal[1])","get_args(Literal[1,2])","get_origin(int)","get_origin(ClassVar[int])","get_origin(list[int])","get_args(list[int])","cast(int,'a')","List[int]()","isinstance([],List)","isinstance([],List[int])","issubclass(list,List)","isinstance(3,Union[int,str])","isinstance(3,Any)","isinstance(3,Optional[int])","List[int]==List[int]","hash(List[int])==hash(List[int])","Union[int,str]==Union[str,int]","Literal[1]==Literal[True]","List[int].__origin__","List[T].__parameters__","List[int].__args__","Dict[K,T][int,str]","Iterable[int]","Iterator","Generator[int,str,None]","Awaitable[int]","AsyncIterator[int]","ContextManager[int]","Deque[int]","DefaultDict[str,int]","Counter[str]","ChainMap[str,int]","OrderedDict[str,int]","Set[int]","FrozenSet[int]","Sequence[int]","Mapping[str,int]","MutableMapping","Hashable","Sized","SupportsInt","SupportsIndex","isinstance(3,SupportsInt)","isinstance('',SupportsInt)","Text","AnyStr","IO[str]","TextIO","BinaryIO","Protocol","Protocol[T]","runtime_checkable(int)","assert_type(3,int)","assert_never(3)","TYPE_CHECKING","TypeGuard[int]","Required[int]","NotRequired[int]","is_typeddict(int)","NamedTuple('P',[('x',int)])","NamedTuple('P',x=int)","TypedDict('D',{'a':int})","get_overloads(print)","ParamSpec('P')==ParamSpec('P')","List[Any]","List['int']","Callable[int]","Callable[int,str]","Callable[[int],str].__args__","Union[List[int],None]","Concatenate[int,P]","Concatenate","Any()","Union[int,str]|None","List[int]|None","None|List[int]","T|int","'X'|T","Type","Type[Any]","typing.Collection[int]","typing.Reversible","typing.ByteString","typing.KeysView[int]","Coroutine[int,int,int]","dict_x","Annotated[Annotated[int,1],2]","Annotated[T,1][int]","Literal","Final","Union[T,int][str]","Tuple[T,...][int]","TypeAlias","dataclass_transform()(int)","typing.List.__doc__","List.__module__","List[int].__module__","list[T][int]","Callable[[],None]","Callable[[T],T][int]","typing.NoReturn[int]","Any[int]","Union[()]","Optional[Union[int,str]]","Union[Union[int,str],float]","Union[int,Literal[3]]"]: t(s)
class S(Generic[T]): pass
class D(Dict[str,T]): pass
for s in ["S","S[int]","S.__parameters__","S.__orig_bases__","D[int]","D.__mro__","D.__orig_bases__","S[int,str]","S[()]","S[int]().__orig_class__","S[T]","S[List[T]][int]","isinstance(S(),S)","isinstance(S(),S[int])"]: t(s)
class Pt(NamedTuple):
    "doc"
    x:int
    y:str='a'
    def f(self): return self.x
for s in ["Pt(1)","Pt._fields","Pt._field_defaults","Pt.__annotations__","Pt(1).f()","Pt(1)==(1,'a')","Pt.__mro__","Pt.__doc__","Pt(1)._asdict()","Pt(1)._replace(x=3)","Pt()","Pt"]: t(s)
class Mv(TypedDict,total=False):
    a:int
    b:Required[str]
for s in ["Mv(a=1)","Mv.__total__","Mv.__required_keys__","Mv.__optional_keys__","Mv.__annotations__","isinstance({},Mv)","is_typeddict(Mv)","Mv","type(Mv)","Mv.__mro__"]: t(s)
@runtime_checkable
class Pr(Protocol):
    x:int
    def m(self): ...
class Np(Protocol):
    def m(self): ...
class Im:
    x=1
    def m(self): pass
for s in ["isinstance(Im(),Pr)","isinstance(3,Pr)","issubclass(Im,Pr)","isinstance(Im(),Np)","Pr()","Pr._is_protocol"]: t(s)
def f(a:'int',b:Optional[str]=None,*c:T)->'List[int]': pass
t("get_type_hints(f)")
class H:
    a:'int'
    b:ClassVar['str']
    c:Annotated[int,3]=3
t("get_type_hints(H)");t("get_type_hints(H,include_extras=True)")
