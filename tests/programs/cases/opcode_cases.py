# opcode: the table of instructions.
import opcode


for text in r'''
opcode.opmap["LOAD_CONST"], opcode.opname[100], opcode.opmap["RESUME"]
len(opcode.opmap), len(opcode.opname), opcode.HAVE_ARGUMENT, opcode.EXTENDED_ARG
opcode.opname[255], opcode.opname[0]
opcode.cmp_op
[opcode.opname[n] for n in opcode.hasname]
[opcode.opname[n] for n in opcode.haslocal], [opcode.opname[n] for n in opcode.hasfree]
[opcode.opname[n] for n in opcode.hasjrel]
opcode.hasjabs, [opcode.opname[n] for n in opcode.hasconst], [opcode.opname[n] for n in opcode.hascompare]
opcode.stack_effect(opcode.opmap["POP_TOP"]), opcode.stack_effect(opcode.opmap["BUILD_LIST"], 3)
opcode.stack_effect(opcode.opmap["FOR_ITER"], 4, jump=True), opcode.stack_effect(opcode.opmap["FOR_ITER"], 4, jump=False)
opcode.stack_effect(opcode.opmap["POP_TOP"], 1)
opcode.stack_effect(opcode.opmap["LOAD_CONST"])
opcode.stack_effect(999)
opcode.hasnargs
sorted(opcode.__all__)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
