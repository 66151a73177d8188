//! A machine in one number: two machines that differ in an object, a count, a frame or a value have other numbers.

use crate::{
    objects::Body,
    vm::{Vm, frame::FrameKind},
};

/// The number of what a machine holds at an instant; the same on every computer.
pub fn digest(vm: &Vm) -> u64 {
    let mut sum = Sum(0);
    for number in [vm.steps(), vm.pc.into(), vm.sp as u64, vm.base as u64, vm.frames.len() as u64, vm.heap.len() as u64] {
        sum.add(number);
    }
    sum.add(vm.heap.born().into());
    for slot in &vm.stack[..vm.sp] {
        sum.add(slot.map_or(0, |object| object.index().into()));
    }
    for frame in &vm.frames {
        if let FrameKind::Python(frame) = &frame.kind {
            sum.add(frame.code.index().into());
            sum.add(frame.base.into());
        }
    }
    for (object, slot) in vm.heap.iter() {
        sum.add(u64::from(object.index()) << 32 | u64::from(slot.refcount()));
        sum.add(u64::from(slot.ty.index()) << 32 | u64::from(vm.heap.birth(object)));
        sum.add(slot.num);
        match &slot.body {
            Body::List(items) => items.iter().for_each(|item| sum.add(item.index().into())),
            Body::Tuple(items) => items.iter().for_each(|item| sum.add(item.index().into())),
            Body::Str(text) => text.iter().for_each(|c| sum.add(c.into())),
            Body::Bytes(bytes) => bytes.iter().for_each(|&byte| sum.add(byte.into())),
            Body::Code(code) => {
                code.code.code.iter().chain(code.code.linetable.iter()).for_each(|&byte| sum.add(byte.into()));
                [code.localsplusnames, code.names, code.consts].iter().for_each(|part| sum.add(part.index().into()));
            }
            _ => {}
        }
    }
    sum.0
}

struct Sum(u64);

impl Sum {
    fn add(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
