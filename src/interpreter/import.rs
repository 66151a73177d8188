//! The import system: `sys.modules`, modules written in Rust, source files on `sys.path`.
