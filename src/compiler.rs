//! The compiler: a pure function from AST to code object (symtable → codegen → flowgraph → assemble).
