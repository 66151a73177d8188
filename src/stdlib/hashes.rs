//! Digests: `_md5`, `_sha1`, `_sha256`, `_sha512`, `_sha3` and `_blake2`, on which `hashlib` stands.
//!
//! Each module has a constructor a digest and one class of objects with `update`, `digest`, `hexdigest`, `copy`. The
//! algorithms are those of the RustCrypto crates. `hashlib.md5(b"").hexdigest()` begins with `d41d8cd9`.
//! Counterpart in CPython 3.11: `Modules/md5module.c` and its neighbours.

mod blake;
mod state;

use self::state::State;
use super::{NewClass, add_class, add_functions, class_of_module, foreign, foreign_body, foreign_mut};
use crate::{
    builtins::convert,
    heap::ObjRef,
    objects::{Objects, core_types::*, instance::Foreign},
    vm::{
        Raised, Res, Vm,
        native::{Args, NativeDef, Signature},
        raised::done,
    },
};

/// The body of a digest object.
#[derive(Clone)]
struct Digest {
    name: &'static str,
    state: State,
}

impl Foreign for Digest {
    fn trace(&self, _visit: &mut dyn FnMut(ObjRef)) {}

    fn clear(&mut self) -> Vec<ObjRef> {
        Vec::new()
    }
}

pub fn fill_md5(vm: &mut Vm, dict: ObjRef) {
    class(vm, dict, "_md5", "md5");
    let make = NativeDef::function("md5", Signature::Named("string=b'', *, usedforsecurity=True"), |vm, args| new(vm, args, "md5", 0));
    add_functions(vm, dict, "_md5", vec![make]);
}

pub fn fill_sha1(vm: &mut Vm, dict: ObjRef) {
    class(vm, dict, "_sha1", "sha1");
    let make = NativeDef::function("sha1", Signature::Named("string=b'', *, usedforsecurity=True"), |vm, args| new(vm, args, "sha1", 0));
    add_functions(vm, dict, "_sha1", vec![make]);
}

pub fn fill_sha256(vm: &mut Vm, dict: ObjRef) {
    const PARAMETERS: Signature = Signature::Named("string=b'', *, usedforsecurity=True");
    class(vm, dict, "_sha256", "sha224");
    class(vm, dict, "_sha256", "sha256");
    let makers = vec![
        NativeDef::function("sha224", PARAMETERS, |vm, args| new(vm, args, "sha224", 0)),
        NativeDef::function("sha256", PARAMETERS, |vm, args| new(vm, args, "sha256", 0)),
    ];
    add_functions(vm, dict, "_sha256", makers);
}

pub fn fill_sha512(vm: &mut Vm, dict: ObjRef) {
    const PARAMETERS: Signature = Signature::Named("string=b'', *, usedforsecurity=True");
    class(vm, dict, "_sha512", "sha384");
    class(vm, dict, "_sha512", "sha512");
    let makers = vec![
        NativeDef::function("sha384", PARAMETERS, |vm, args| new(vm, args, "sha384", 0)),
        NativeDef::function("sha512", PARAMETERS, |vm, args| new(vm, args, "sha512", 0)),
    ];
    add_functions(vm, dict, "_sha512", makers);
}

pub fn fill_sha3(vm: &mut Vm, dict: ObjRef) {
    for (name, make) in [
        ("sha3_224", sha3::<0> as fn(&mut Vm, Args) -> Res),
        ("sha3_256", sha3::<1>),
        ("sha3_384", sha3::<2>),
        ("sha3_512", sha3::<3>),
        ("shake_128", sha3::<4>),
        ("shake_256", sha3::<5>),
    ] {
        let mut natives = methods();
        natives.push(NativeDef::static_method("__new__", Signature::Any, make));
        add_class(vm, dict, NewClass { module: "_sha3", name, base: OBJECT, natives, slots: Some(&[]) });
    }
    let text = vm.new_str("generic 64-bit optimized implementation (lane complementing, all rounds unrolled)");
    vm.dict_set_text(dict, "implementation", text);
}

pub fn fill_blake2(vm: &mut Vm, dict: ObjRef) {
    for (name, make, limits) in
        [("blake2b", blake::new::<true> as fn(&mut Vm, Args) -> Res, [64, 64, 16, 16]), ("blake2s", blake::new::<false>, [32, 32, 8, 8])]
    {
        let mut natives = methods();
        natives.push(NativeDef::static_method("__new__", Signature::Any, make));
        let made = add_class(vm, dict, NewClass { module: "_blake2", name, base: OBJECT, natives, slots: Some(&[]) });
        let members = vm.heap.type_of_type(made).dict;
        for (field, value) in ["MAX_DIGEST_SIZE", "MAX_KEY_SIZE", "SALT_SIZE", "PERSON_SIZE"].into_iter().zip(limits) {
            let value = vm.new_int(value);
            vm.dict_set_text(members, field, value);
        }
    }
}

/// `_sha3.sha3_256(data=b'', *, usedforsecurity=True)`
fn sha3<const WHICH: usize>(vm: &mut Vm, args: Args) -> Res {
    const NAMES: [&str; 6] = ["sha3_224", "sha3_256", "sha3_384", "sha3_512", "shake_128", "shake_256"];
    new(vm, args, NAMES[WHICH], 1)
}

/// A class without a constructor that programs could call.
fn class(vm: &mut Vm, dict: ObjRef, module: &'static str, name: &'static str) {
    let made = add_class(vm, dict, NewClass { module, name, base: OBJECT, natives: methods(), slots: Some(&[]) });
    // A function of the same name takes its place in the module; its own has a capital letter at the end of its kind.
    let hidden = class_name(name);
    vm.incref(made);
    vm.dict_set_text(dict, hidden, made);
}

fn class_name(name: &str) -> &'static str {
    match name {
        "md5" => "MD5Type",
        "sha1" => "SHA1Type",
        "sha224" => "SHA224Type",
        "sha256" => "SHA256Type",
        "sha384" => "SHA384Type",
        _ => "SHA512Type",
    }
}

fn methods() -> Vec<NativeDef> {
    use NativeDef as Def;
    use Signature::{Named, None, One};
    vec![
        Def::method("copy", None, |vm, args| {
            let this = args.at(vm, 0);
            let (copy, class) = (digest(vm, this)?.clone(), vm.ty(this));
            done(vm.new_derived(class, 0, foreign_body(copy)))
        }),
        Def::method("digest", Named("length=0"), |vm, args| {
            let bytes = finished(vm, args, "digest")?;
            done(vm.new_bytes(bytes))
        }),
        Def::method("hexdigest", Named("length=0"), |vm, args| {
            let text: String = finished(vm, args, "hexdigest")?.iter().map(|byte| format!("{byte:02x}")).collect();
            done(vm.new_str(text))
        }),
        Def::method("update", One, |vm, args| {
            let (this, data) = (args.at(vm, 0), data(vm, args.at(vm, 1))?);
            digest(vm, this)?;
            if let Some(digest) = foreign_mut::<Digest>(vm, this) {
                digest.state.update(&data);
            }
            done(vm.none())
        }),
        Def::getter("block_size", |vm, args| {
            let size = digest(vm, args.at(vm, 0))?.state.block_size();
            done(vm.new_usize(size))
        }),
        Def::getter("digest_size", |vm, args| {
            let size = digest(vm, args.at(vm, 0))?.state.digest_size();
            done(vm.new_usize(size))
        }),
        Def::getter("name", |vm, args| {
            let name = digest(vm, args.at(vm, 0))?.name;
            done(vm.new_str(name))
        }),
    ]
}

fn digest(vm: &mut Vm, object: ObjRef) -> Result<&Digest, Raised> {
    if foreign::<Digest>(vm, object).is_none() {
        return Err(vm.type_error("a digest object is required"));
    }
    Ok(foreign::<Digest>(vm, object).expect("just seen"))
}

/// The digest of what came so far; those without a length of their own are told one.
fn finished(vm: &mut Vm, args: Args, method: &str) -> Result<Vec<u8>, Raised> {
    let this = args.at(vm, 0);
    let state = digest(vm, this)?.state.clone();
    let length = match args.get(vm, 1) {
        Some(length) if state.is_extendable() => {
            let length = convert::big(vm, length)?;
            if length.sign() == num_bigint::Sign::Minus {
                return Err(vm.value_error("value must be positive"));
            }
            match usize::try_from(&length) {
                Ok(length) if length < 1 << 29 => length,
                _ => return Err(vm.value_error("length is too large")),
            }
        }
        None if state.is_extendable() => {
            return Err(vm.type_error(format!("{method}() missing required argument 'length' (pos 1)")));
        }
        Some(_) => {
            let name = vm.short_type_name(this);
            return Err(vm.type_error(format!("{name}.{method}() takes no arguments (1 given)")));
        }
        None => 0,
    };
    Ok(state.finish(length))
}

/// Bytes to be hashed.
fn data(vm: &mut Vm, object: ObjRef) -> Result<Vec<u8>, Raised> {
    if vm.heap.str(object).is_some() {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    match vm.heap.buffer(object) {
        Some(bytes) => Ok(bytes.into_owned()),
        None => Err(vm.type_error("object supporting the buffer API required")),
    }
}

/// A new digest object, the data being argument `at`.
fn new(vm: &mut Vm, args: Args, name: &'static str, at: usize) -> Res {
    let keywords = args.keywords(vm);
    let named = keywords.iter().find(|(key, _)| matches!(&*vm.name_text(*key), "string" | "data")).map(|&(_, value)| value);
    let mut state = State::named(name);
    if let Some(object) = args.get(vm, at).or(named) {
        let bytes = data(vm, object)?;
        state.update(&bytes);
    }
    let class = if at == 1 { args.at(vm, 0) } else { class_of_module(vm, module_of(name), class_name(name)) };
    done(vm.new_derived(class, 0, foreign_body(Digest { name, state })))
}

fn module_of(name: &str) -> &'static str {
    match name {
        "md5" => "_md5",
        "sha1" => "_sha1",
        "sha224" | "sha256" => "_sha256",
        _ => "_sha512",
    }
}
