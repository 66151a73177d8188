//! The simple expressions of conditions and watches, looked up in a machine without touching it.
//!
//! Names, attributes and items of builtin containers, numbers, comparisons, `and`, `or`, `not`, `len`: all that no Python code
//! can have a part in. For everything else the answer is [`Undecided::NotSimple`].

use crate::{
    bytecode::code::{CO_FAST_CELL, CO_FAST_FREE},
    heap::ObjRef,
    objects::{
        Body, Objects,
        core_types::*,
        equality::{Number, equal_without_python},
        types::special,
    },
    syntax::ast::{BoolOp, CmpOp, Constant, Expr, ExprKind, Operator, UnaryOp},
    text::PyStr,
    vm::{Vm, frame::FrameKind},
};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecided {
    /// The expression raises an exception.
    Raises,
    /// Python code may have a say.
    NotSimple,
}

use Undecided::{NotSimple, Raises};

/// A value of an expression; borrows objects.
#[derive(Clone, Debug)]
pub enum Value {
    Object(ObjRef),
    None,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(PyStr),
}

type Result<T = Value> = std::result::Result<T, Undecided>;

/// The value of an expression in the Python frame at `depth`.
pub fn evaluate(vm: &Vm, depth: usize, expr: &Expr) -> Result {
    let value = |expr: &Expr| evaluate(vm, depth, expr);
    match &expr.kind {
        ExprKind::Constant { value, .. } => constant(value),
        ExprKind::Name { id, .. } => name(vm, depth, id).map(|object| Value::from(vm, object)),
        ExprKind::Attribute { value: of, attr, .. } => attribute(vm, value(of)?, attr),
        ExprKind::Subscript { value: of, slice, .. } => item(vm, value(of)?, &value(slice)?),
        ExprKind::Compare { left, ops, comparators } => {
            let mut left = value(left)?;
            for (op, right) in ops.iter().zip(comparators) {
                let right = value(right)?;
                if !compare(vm, &left, *op, &right)? {
                    return Ok(Value::Bool(false));
                }
                left = right;
            }
            Ok(Value::Bool(true))
        }
        ExprKind::BoolOp { op, values } => {
            let mut last = Value::None;
            for operand in values {
                last = value(operand)?;
                if last.truth(vm).ok_or(NotSimple)? == (*op == BoolOp::Or) {
                    break;
                }
            }
            Ok(last)
        }
        ExprKind::UnaryOp { op: UnaryOp::Not, operand } => Ok(Value::Bool(!value(operand)?.truth(vm).ok_or(NotSimple)?)),
        ExprKind::UnaryOp { op: UnaryOp::USub, operand } => match value(operand)? {
            Value::Int(number) => number.checked_neg().map(Value::Int).ok_or(NotSimple),
            Value::Float(number) => Ok(Value::Float(-number)),
            _ => Err(NotSimple),
        },
        ExprKind::BinOp { left, op, right } => arithmetic(&value(left)?, *op, &value(right)?),
        ExprKind::Call { func, args, keywords } if keywords.is_empty() && args.len() == 1 => {
            let ExprKind::Name { id, .. } = &func.kind else { return Err(NotSimple) };
            let callable = name(vm, depth, id)?;
            if vm.native_of(callable).is_none_or(|native| native.name != "len" || native.owner.is_some()) {
                return Err(NotSimple);
            }
            match value(&args[0])? {
                Value::Object(object) if is_core_type(vm.ty(object)) => match vm.builtin_length(object) {
                    Some(Ok(len)) => Ok(Value::Int(len as i64)),
                    _ => Err(Raises),
                },
                _ => Err(NotSimple),
            }
        }
        _ => Err(NotSimple),
    }
}

/// The value where the expression compares a local variable with a whole number, both small: what conditions mostly do.
/// `None`: it must be looked at in full.
#[inline]
pub fn compared(vm: &Vm, expr: &Expr) -> Option<bool> {
    let ExprKind::Compare { left, ops, comparators } = &expr.kind else { return None };
    let ([op], [right]) = (&ops[..], &comparators[..]) else { return None };
    let (ExprKind::Name { id, .. }, ExprKind::Constant { value: Constant::Int(right), .. }) = (&left.kind, &right.kind) else {
        return None;
    };
    let FrameKind::Python(frame) = &vm.frames.last()?.kind else { return None };
    let Body::Code(code) = vm.heap.body(frame.code) else { return None };
    let index = code.code.localsplusnames.iter().position(|name| **name == **id)?;
    if code.code.localspluskinds.get(index).copied().unwrap_or(0) & (CO_FAST_CELL | CO_FAST_FREE) != 0 {
        return None;
    }
    let slot = vm.heap.slot(vm.stack.get(frame.base as usize + index).copied().flatten()?);
    if slot.ty != INT || !matches!(slot.body, Body::None) {
        return None;
    }
    let order = (slot.num as i64).cmp(&i64::try_from(right).ok()?);
    Some(match op {
        CmpOp::Eq => order.is_eq(),
        CmpOp::NotEq => order.is_ne(),
        CmpOp::Lt => order.is_lt(),
        CmpOp::LtE => order.is_le(),
        CmpOp::Gt => order.is_gt(),
        CmpOp::GtE => order.is_ge(),
        _ => return None,
    })
}

/// The object that names, attributes and items lead to.
pub fn object(vm: &Vm, depth: usize, expr: &Expr) -> Result<ObjRef> {
    match &expr.kind {
        ExprKind::Name { id, .. } => name(vm, depth, id),
        ExprKind::Attribute { value, attr, .. } => {
            let of = object(vm, depth, value)?;
            let key = vm.interned.find(&PyStr::from(&**attr)).ok_or(Raises)?;
            let own = vm.own_attr(of, key).or_else(|| vm.own_attrs(of).into_iter().find(|pair| pair.0 == key).map(|pair| pair.1));
            if let Some(own) = own {
                return Ok(own);
            }
            let found = vm.type_lookup_uncached(vm.ty(of), key).ok_or(Raises)?;
            // A descriptor is asked for what it stands for: `f.__code__`.
            let is_computed = matches!(vm.ty(found), GETSET_DESCRIPTOR | MEMBER_DESCRIPTOR | PROPERTY);
            if is_computed { Err(NotSimple) } else { Ok(found) }
        }
        ExprKind::Subscript { value, slice, .. } => item_object(vm, object(vm, depth, value)?, &evaluate(vm, depth, slice)?),
        ExprKind::Constant { value, .. } => match constant(value)? {
            Value::None => Ok(NONE),
            Value::Bool(value) => Ok(bool_object(value)),
            Value::Int(value) => small_int(value).ok_or(NotSimple),
            _ => Err(NotSimple),
        },
        _ => Err(NotSimple),
    }
}

impl Value {
    fn from(vm: &Vm, object: ObjRef) -> Value {
        match vm.ty(object) {
            NONE_TYPE => Value::None,
            BOOL => Value::Bool(object == TRUE),
            INT | FLOAT => match Number::of(&vm.heap, object) {
                Some(Number::Int(number)) => Value::Int(number),
                Some(Number::Float(number)) => Value::Float(number),
                _ => Value::Object(object),
            },
            _ => Value::Object(object),
        }
    }

    /// Its truth; `None` if Python code decides it.
    pub fn truth(&self, vm: &Vm) -> Option<bool> {
        Some(match self {
            Value::None => false,
            Value::Bool(value) => *value,
            Value::Int(number) => *number != 0,
            Value::Float(number) => *number != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Object(object) if is_core_type(vm.ty(*object)) => match vm.builtin_length(*object) {
                Some(Ok(len)) => len > 0,
                _ if vm.ty(*object) == COMPLEX => return None,
                _ => true,
            },
            Value::Object(_) => return None,
        })
    }

    /// The text that it is.
    pub fn as_str(&self, vm: &Vm) -> Option<String> {
        match self {
            Value::Text(text) => Some(text.to_string_lossy()),
            Value::Object(object) if vm.ty(*object) == STR => vm.heap.str(*object).map(|text| text.to_string_lossy()),
            _ => None,
        }
    }

    /// A text that differs when the value does.
    pub fn text(&self, vm: &Vm) -> String {
        match self {
            Value::None => "None".into(),
            Value::Bool(value) => if *value { "True" } else { "False" }.into(),
            Value::Int(number) => number.to_string(),
            Value::Float(number) => crate::num::float_text::repr(*number),
            Value::Text(text) => crate::text::repr::str_repr(text).to_string_lossy(),
            Value::Object(object) => vm.repr_lossy(*object),
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            // Beyond 2**53 a float is not exact.
            Value::Int(number) if number.unsigned_abs() <= 1 << 53 => Some(*number as f64),
            Value::Float(number) => Some(*number),
            Value::Bool(value) => Some(f64::from(u8::from(*value))),
            _ => None,
        }
    }
}

fn constant(value: &Constant) -> Result {
    Ok(match value {
        Constant::None => Value::None,
        Constant::True => Value::Bool(true),
        Constant::False => Value::Bool(false),
        Constant::Int(number) => Value::Int(i64::try_from(number).map_err(|_| NotSimple)?),
        Constant::Float(number) => Value::Float(*number),
        Constant::Str(text) => Value::Text((**text).clone()),
        _ => return Err(NotSimple),
    })
}

/// A name in a frame: its variables, its namespace, the globals, the builtins.
fn name(vm: &Vm, depth: usize, id: &str) -> Result<ObjRef> {
    let frame = vm.python_frame(depth).ok_or(Raises)?;
    let Body::Code(code) = vm.heap.body(frame.code) else { return Err(NotSimple) };
    if let Some(index) = code.code.localsplusnames.iter().position(|name| &**name == id) {
        let value = vm.stack.get(frame.base as usize + index).copied().flatten();
        let kind = code.code.localspluskinds.get(index).copied().unwrap_or(0);
        let content = match value.map(|value| vm.heap.body(value)) {
            Some(Body::Cell(content)) if kind & (CO_FAST_CELL | CO_FAST_FREE) != 0 => *content,
            _ => value,
        };
        return content.ok_or(Raises);
    }
    let namespaces = frame.locals.into_iter().chain([frame.globals, frame.builtins]);
    let Some(key) = vm.interned.find(&PyStr::from(id)) else { return Err(Raises) };
    namespaces.into_iter().find_map(|dict| vm.dict_get_str(dict, key)).ok_or(Raises)
}

fn attribute(vm: &Vm, of: Value, name: &str) -> Result {
    let Value::Object(object) = of else { return Err(NotSimple) };
    let ty = vm.heap.type_of_type(vm.ty(object));
    let hooked = ty.special & (special::GETATTRIBUTE | special::GETATTR) != 0;
    let Some(key) = vm.interned.find(&PyStr::from(name)) else { return Err(if hooked { NotSimple } else { Raises }) };
    let plain = matches!(vm.heap.body(object), Body::Instance(_) | Body::Module(_));
    if hooked || !plain || vm.type_lookup_uncached(vm.ty(object), key).is_some() {
        return Err(NotSimple);
    }
    vm.own_attr(object, key).map(|value| Value::from(vm, value)).ok_or(Raises)
}

fn item(vm: &Vm, of: Value, key: &Value) -> Result {
    let Value::Object(object) = of else { return Err(NotSimple) };
    item_object(vm, object, key).map(|value| Value::from(vm, value))
}

fn item_object(vm: &Vm, object: ObjRef, key: &Value) -> Result<ObjRef> {
    match (vm.ty(object), key) {
        (LIST | TUPLE, Value::Int(index)) => {
            let items = vm.heap.sequence(object).ok_or(NotSimple)?;
            let index = if *index < 0 { *index + items.len() as i64 } else { *index };
            let found = usize::try_from(index).ok().and_then(|index| items.get(index));
            found.copied().ok_or(Raises)
        }
        (DICT, Value::Text(text)) => {
            let dict = vm.heap.dict(object).ok_or(NotSimple)?;
            let same = |key: ObjRef| vm.ty(key) == STR && vm.heap.str(key).is_some_and(|it| **it == *text);
            dict.iter().find(|&(key, _)| same(key)).map(|(_, value)| value).ok_or(Raises)
        }
        (DICT, Value::Int(number)) => {
            let dict = vm.heap.dict(object).ok_or(NotSimple)?;
            let same = |key: ObjRef| vm.ty(key) == INT && vm.small_value(key) == Some(*number);
            dict.iter().find(|&(key, _)| same(key)).map(|(_, value)| value).ok_or(NotSimple)
        }
        _ => Err(NotSimple),
    }
}

fn compare(vm: &Vm, left: &Value, op: CmpOp, right: &Value) -> Result<bool> {
    use std::cmp::Ordering::{Equal, Greater, Less};
    match op {
        CmpOp::Is | CmpOp::IsNot => {
            let same = match (left, right) {
                (Value::Object(a), Value::Object(b)) => a == b,
                (Value::None, Value::None) => true,
                (Value::Bool(a), Value::Bool(b)) => a == b,
                (Value::None | Value::Bool(_), _) | (_, Value::None | Value::Bool(_)) => false,
                _ => return Err(NotSimple),
            };
            return Ok(same == (op == CmpOp::Is));
        }
        CmpOp::In | CmpOp::NotIn => return Err(NotSimple),
        _ => {}
    }
    let order = match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Object(object), Value::Text(text)) if vm.ty(*object) == STR => vm.heap.str(*object).map(|it| (**it).cmp(text)),
        (Value::Text(text), Value::Object(object)) if vm.ty(*object) == STR => vm.heap.str(*object).map(|it| text.cmp(it)),
        (Value::None, Value::None) => Some(Equal),
        (Value::Object(a), Value::Object(b)) if matches!(op, CmpOp::Eq | CmpOp::NotEq) => {
            let equal = a == b || equal_without_python(&vm.heap, *a, *b).ok_or(NotSimple)?;
            return Ok(equal == (op == CmpOp::Eq));
        }
        _ => match (left.number(), right.number()) {
            (Some(a), Some(b)) => match a.partial_cmp(&b) {
                Some(order) => Some(order),
                None => return Ok(op == CmpOp::NotEq), // NaN
            },
            _ => None,
        },
    };
    let order = order.ok_or(NotSimple)?;
    Ok(match op {
        CmpOp::Eq => order == Equal,
        CmpOp::NotEq => order != Equal,
        CmpOp::Lt => order == Less,
        CmpOp::LtE => order != Greater,
        CmpOp::Gt => order == Greater,
        _ => order != Less,
    })
}

fn arithmetic(left: &Value, op: Operator, right: &Value) -> Result {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => match op {
            Operator::Add => a.checked_add(*b),
            Operator::Sub => a.checked_sub(*b),
            Operator::Mult => a.checked_mul(*b),
            Operator::BitAnd => Some(a & b),
            Operator::BitOr => Some(a | b),
            Operator::BitXor => Some(a ^ b),
            Operator::FloorDiv | Operator::Mod if *b == 0 => return Err(Raises),
            Operator::FloorDiv => a.checked_div_euclid(*b).filter(|_| *b > 0),
            Operator::Mod => a.checked_rem_euclid(*b).filter(|_| *b > 0),
            _ => None,
        }
        .map(Value::Int)
        .ok_or(NotSimple),
        (Value::Float(_), Value::Int(_) | Value::Float(_)) | (Value::Int(_), Value::Float(_)) => {
            let (a, b) = (left.number().ok_or(NotSimple)?, right.number().ok_or(NotSimple)?);
            match op {
                Operator::Add => Ok(Value::Float(a + b)),
                Operator::Sub => Ok(Value::Float(a - b)),
                Operator::Mult => Ok(Value::Float(a * b)),
                _ => Err(NotSimple),
            }
        }
        _ => Err(NotSimple),
    }
}
