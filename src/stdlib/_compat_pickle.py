"""How modules and names of Python 2 are called in Python 3, for pickles of protocols below 3.

`old=new` goes both ways, unless its table says otherwise; `old_module:old_name=new_module:new_name`.
"""

_MODULES = """
    BaseHTTPServer=http.server ConfigParser=configparser Cookie=http.cookies Dialog=tkinter.dialog
    HTMLParser=html.parser Queue=queue ScrolledText=tkinter.scrolledtext SimpleXMLRPCServer=xmlrpc.server
    SocketServer=socketserver Tix=tkinter.tix Tkconstants=tkinter.constants Tkdnd=tkinter.dnd Tkinter=tkinter
    __builtin__=builtins _abcoll=collections.abc _winreg=winreg anydbm=dbm commands=subprocess
    cookielib=http.cookiejar copy_reg=copyreg dbhash=dbm.bsd dbm=dbm.ndbm dumbdbm=dbm.dumb dummy_thread=_dummy_thread
    gdbm=dbm.gnu htmlentitydefs=html.entities httplib=http.client markupbase=_markupbase repr=reprlib
    robotparser=urllib.robotparser test.test_support=test.support thread=_thread tkColorChooser=tkinter.colorchooser
    tkCommonDialog=tkinter.commondialog tkFileDialog=tkinter.filedialog tkFont=tkinter.font
    tkMessageBox=tkinter.messagebox tkSimpleDialog=tkinter.simpledialog ttk=tkinter.ttk urllib2=urllib.request
    urlparse=urllib.parse xmlrpclib=xmlrpc.client
"""

# Several old ones became one: only this way.
_OLD_MODULES = """
    CGIHTTPServer=http.server DocXMLRPCServer=xmlrpc.server FileDialog=tkinter.filedialog
    SimpleDialog=tkinter.simpledialog SimpleHTTPServer=http.server StringIO=io UserDict=collections
    UserList=collections UserString=collections _elementtree=xml.etree.ElementTree cPickle=pickle cStringIO=io
    whichdb=dbm
"""

# Only from new to old.
_NEW_MODULES = """
    bz2=_bz2 dbm=_dbm functools=_functools gdbm=_gdbm pickle=_pickle
"""

_NAMES = """
    UserDict:IterableUserDict=collections:UserDict UserList:UserList=collections:UserList
    UserString:UserString=collections:UserString __builtin__:intern=sys:intern __builtin__:long=builtins:int
    __builtin__:reduce=functools:reduce __builtin__:unichr=builtins:chr __builtin__:unicode=builtins:str
    __builtin__:xrange=builtins:range _multiprocessing:Connection=multiprocessing.connection:Connection
    _socket:fromfd=socket:fromfd itertools:ifilter=builtins:filter itertools:ifilterfalse=itertools:filterfalse
    itertools:imap=builtins:map itertools:izip=builtins:zip itertools:izip_longest=itertools:zip_longest
    multiprocessing:AuthenticationError=multiprocessing.context:AuthenticationError
    multiprocessing:BufferTooShort=multiprocessing.context:BufferTooShort
    multiprocessing:ProcessError=multiprocessing.context:ProcessError
    multiprocessing:TimeoutError=multiprocessing.context:TimeoutError
    multiprocessing.forking:Popen=multiprocessing.popen_fork:Popen
    multiprocessing.process:Process=multiprocessing.context:Process
    urllib:ContentTooShortError=urllib.error:ContentTooShortError urllib:getproxies=urllib.request:getproxies
    urllib:pathname2url=urllib.request:pathname2url urllib:quote=urllib.parse:quote
    urllib:quote_plus=urllib.parse:quote_plus urllib:unquote=urllib.parse:unquote
    urllib:unquote_plus=urllib.parse:unquote_plus urllib:url2pathname=urllib.request:url2pathname
    urllib:urlcleanup=urllib.request:urlcleanup urllib:urlencode=urllib.parse:urlencode
    urllib:urlopen=urllib.request:urlopen urllib:urlretrieve=urllib.request:urlretrieve
    urllib2:HTTPError=urllib.error:HTTPError urllib2:URLError=urllib.error:URLError whichdb:whichdb=dbm:whichdb
"""

_OLD_NAMES = """
    UserDict:UserDict=collections:UserDict __builtin__:basestring=builtins:str
    exceptions:StandardError=builtins:Exception socket:_socketobject=socket:SocketType
"""

_NEW_NAMES = """
    __builtin__:reduce=_functools:reduce socket:_socketobject=_socket:socket
   
    CGIHTTPServer:CGIHTTPRequestHandler=http.server:CGIHTTPRequestHandler
    SimpleHTTPServer:SimpleHTTPRequestHandler=http.server:SimpleHTTPRequestHandler
    FileDialog:FileDialog=tkinter.filedialog:FileDialog FileDialog:LoadFileDialog=tkinter.filedialog:LoadFileDialog
    FileDialog:SaveFileDialog=tkinter.filedialog:SaveFileDialog
    SimpleDialog:SimpleDialog=tkinter.simpledialog:SimpleDialog
    DocXMLRPCServer:DocCGIXMLRPCRequestHandler=xmlrpc.server:DocCGIXMLRPCRequestHandler
    DocXMLRPCServer:DocXMLRPCRequestHandler=xmlrpc.server:DocXMLRPCRequestHandler
    DocXMLRPCServer:DocXMLRPCServer=xmlrpc.server:DocXMLRPCServer
    DocXMLRPCServer:ServerHTMLDoc=xmlrpc.server:ServerHTMLDoc
    DocXMLRPCServer:XMLRPCDocGenerator=xmlrpc.server:XMLRPCDocGenerator
"""

# Exceptions, which had a module of their own.
_EXCEPTIONS = """
    ArithmeticError AssertionError AttributeError BaseException BufferError BytesWarning DeprecationWarning EOFError
    EnvironmentError Exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
    IndentationError IndexError KeyError KeyboardInterrupt LookupError MemoryError NameError NotImplementedError
    OSError OverflowError PendingDeprecationWarning ReferenceError RuntimeError RuntimeWarning StopIteration
    SyntaxError SyntaxWarning SystemError SystemExit TabError TypeError UnboundLocalError UnicodeDecodeError
    UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ValueError Warning
    ZeroDivisionError
"""

# Exceptions that Python 2 did not tell apart.
_OS_ERRORS = """
    BrokenPipeError ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError
    ConnectionResetError FileExistsError FileNotFoundError InterruptedError IsADirectoryError NotADirectoryError
    PermissionError ProcessLookupError TimeoutError
"""



def _rows(text):
    return [row.split('=') for row in text.split()]


def _pairs(text):
    return [tuple(tuple(side.split(':')) for side in row) for row in _rows(text)]


_known = [(('exceptions', name), ('builtins', name)) for name in _EXCEPTIONS.split()]

IMPORT_MAPPING = dict(_rows(_MODULES + _OLD_MODULES))
REVERSE_IMPORT_MAPPING = {new: old for old, new in _rows(_MODULES + _NEW_MODULES)}
NAME_MAPPING = dict(_pairs(_NAMES + _OLD_NAMES) + _known)
REVERSE_NAME_MAPPING = {new: old for old, new in _pairs(_NAMES + _NEW_NAMES) + _known}
REVERSE_NAME_MAPPING.update({('builtins', name): ('exceptions', 'OSError') for name in _OS_ERRORS.split()})
REVERSE_NAME_MAPPING['builtins', 'ModuleNotFoundError'] = 'exceptions', 'ImportError'
