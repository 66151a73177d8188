//! The real file system, for hosts: answers a machine's [`FileRequest`]s with the files of this computer.
//!
//! The machine knows its open files by numbers of its own; which file of the process stands behind one is known here alone.
//! `open("notes.txt").read()` is answered here three times: Open, Read, Close. Counterpart in CPython 3.11: the system calls
//! in `Modules/_io/fileio.c` and `Modules/posixmodule.c`.

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs::{self, File, OpenOptions},
    io::{self, IsTerminal, Read, Seek, SeekFrom, Write},
    os::unix::{
        ffi::{OsStrExt, OsStringExt},
        fs::{MetadataExt, PermissionsExt},
    },
    path::Path,
    time::{Duration, UNIX_EPOCH},
};

use crate::vm::host::{Answer, Facts, FileFacts, FileRequest, OpenHow, errno};

/// The open files.
#[derive(Debug, Default)]
pub struct Files {
    open: BTreeMap<u32, File>,
}

impl Files {
    pub fn answer(&mut self, request: &FileRequest) -> Answer {
        self.try_answer(request).unwrap_or_else(|error| failed(&error))
    }

    fn try_answer(&mut self, request: &FileRequest) -> io::Result<Answer> {
        Ok(match request {
            FileRequest::Open { handle, path, how } => {
                let mut file = open(path, *how)?;
                let facts = file.metadata()?;
                let position = if how.append { SeekFrom::End(0) } else { SeekFrom::Current(0) };
                let facts = FileFacts {
                    is_folder: facts.is_dir(),
                    is_terminal: file.is_terminal(),
                    seekable: file.seek(position).is_ok(),
                    block_size: facts.blksize(),
                };
                self.open.insert(*handle, file);
                Answer::Opened(facts)
            }
            FileRequest::Read { handle, limit: Some(limit) } => {
                // No more memory than there is to read.
                let mut bytes = Vec::new();
                let file = self.file(*handle)?;
                if *limit <= 1 << 20 {
                    bytes.resize(*limit, 0);
                    let got = file.read(&mut bytes)?;
                    bytes.truncate(got);
                } else {
                    file.take(*limit as u64).read_to_end(&mut bytes)?;
                }
                Answer::Bytes(bytes)
            }
            FileRequest::Read { handle, limit: None } => {
                let mut bytes = Vec::new();
                self.file(*handle)?.read_to_end(&mut bytes)?;
                Answer::Bytes(bytes)
            }
            FileRequest::Write { handle, bytes } => Answer::Count(self.file(*handle)?.write(bytes)? as i64),
            FileRequest::Seek { handle, offset, whence } => {
                let to = match whence {
                    0 => SeekFrom::Start(u64::try_from(*offset).map_err(|_| io::Error::from_raw_os_error(22))?),
                    1 => SeekFrom::Current(*offset),
                    _ => SeekFrom::End(*offset),
                };
                Answer::Count(self.file(*handle)?.seek(to)? as i64)
            }
            FileRequest::Truncate { handle, size } => {
                self.file(*handle)?.set_len(*size)?;
                Answer::Done
            }
            FileRequest::Close { handle } => match self.open.remove(handle) {
                Some(_) => Answer::Done,
                None => return Err(bad_descriptor()),
            },
            FileRequest::Remove(path) => done(fs::remove_file(as_path(path)))?,
            FileRequest::Rename(from, to) => done(fs::rename(as_path(from), as_path(to)))?,
            FileRequest::MakeFolder(path) => done(fs::create_dir(as_path(path)))?,
            FileRequest::RemoveFolder(path) => done(fs::remove_dir(as_path(path)))?,
            FileRequest::List(path) => {
                let names = fs::read_dir(as_path(path))?.map(|entry| Ok(entry?.file_name().into_vec()));
                Answer::Names(names.collect::<io::Result<_>>()?)
            }
            FileRequest::CurrentFolder => Answer::Bytes(std::env::current_dir()?.into_os_string().into_vec()),
            FileRequest::ChangeFolder(path) => {
                std::env::set_current_dir(as_path(path))?;
                Answer::Bytes(std::env::current_dir()?.into_os_string().into_vec())
            }
            FileRequest::FactsOf { handle: handle @ 0..=2 } => {
                Answer::Facts(Box::new(facts(&fs::metadata(format!("/proc/self/fd/{handle}"))?)))
            }
            FileRequest::FactsOf { handle } => Answer::Facts(Box::new(facts(&self.file(*handle)?.metadata()?))),
            request => about_paths(request)?,
        })
    }

    fn file(&mut self, handle: u32) -> io::Result<&mut File> {
        self.open.get_mut(&handle).ok_or_else(bad_descriptor)
    }
}

/// What is asked of paths and of the process.
fn about_paths(request: &FileRequest) -> io::Result<Answer> {
    Ok(match request {
        FileRequest::Facts { path, follow: true } => Answer::Facts(Box::new(facts(&fs::metadata(as_path(path))?))),
        FileRequest::Facts { path, follow: false } => Answer::Facts(Box::new(facts(&fs::symlink_metadata(as_path(path))?))),
        FileRequest::Access { path, mode } => {
            let found = fs::metadata(as_path(path))?;
            let user = fs::metadata("/proc/self").map_or(0, |process| process.uid());
            let bits = match user {
                0 if found.is_dir() || found.mode() & 0o111 != 0 => 7,
                0 => 6,
                user if user == found.uid() => found.mode() >> 6 & 7,
                _ => found.mode() & 7,
            };
            if mode & !bits != 0 {
                return Err(io::Error::from_raw_os_error(13));
            }
            Answer::Done
        }
        FileRequest::ReadLink(path) => Answer::Bytes(fs::read_link(as_path(path))?.into_os_string().into_vec()),
        FileRequest::MakeLink { to, path, symbolic: true } => done(std::os::unix::fs::symlink(as_path(to), as_path(path)))?,
        FileRequest::MakeLink { to, path, symbolic: false } => done(fs::hard_link(as_path(to), as_path(path)))?,
        FileRequest::ChangeMode { path, mode } => done(fs::set_permissions(as_path(path), fs::Permissions::from_mode(*mode)))?,
        FileRequest::ChangeTimes { path, times } => {
            let file = File::open(as_path(path))?;
            let now = std::time::SystemTime::now();
            let of = |time: i64| match u64::try_from(time) {
                Ok(after) => UNIX_EPOCH + Duration::from_nanos(after),
                Err(_) => UNIX_EPOCH - Duration::from_nanos(time.unsigned_abs()),
            };
            let (accessed, modified) = times.map_or((now, now), |(accessed, modified)| (of(accessed), of(modified)));
            done(file.set_times(fs::FileTimes::new().set_accessed(accessed).set_modified(modified)))?
        }
        FileRequest::TruncatePath { path, size } => done(OpenOptions::new().write(true).open(as_path(path))?.set_len(*size))?,
        FileRequest::Variable(name) => match std::env::var_os(OsStr::from_bytes(name)) {
            Some(value) => Answer::Bytes(value.into_vec()),
            None => return Err(io::Error::from_raw_os_error(2)),
        },
        FileRequest::Variables => {
            Answer::Names(std::env::vars_os().flat_map(|(name, value)| [name.into_vec(), value.into_vec()]).collect())
        }
        FileRequest::SystemName => {
            let told = |name: &str| fs::read(format!("/proc/sys/kernel/{name}")).unwrap_or_default().trim_ascii().to_vec();
            let names = [told("ostype"), told("hostname"), told("osrelease"), told("version"), std::env::consts::ARCH.into()];
            Answer::Names(names.into())
        }
        FileRequest::Process => {
            let found = fs::metadata("/proc/self").map_or((0, 0), |process| (process.uid(), process.gid()));
            let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
            let umask = status.lines().find_map(|line| i64::from_str_radix(line.strip_prefix("Umask:")?.trim(), 8).ok());
            let processors = std::thread::available_parallelism().map_or(1, |count| count.get() as i64);
            let parent = i64::from(std::os::unix::process::parent_id());
            let process = i64::from(std::process::id());
            Answer::Numbers(vec![process, parent, found.0.into(), found.1.into(), processors, umask.unwrap_or(0o022)])
        }
        FileRequest::TerminalSize => match crossterm::terminal::size() {
            Ok((columns, lines)) => Answer::Numbers(vec![columns.into(), lines.into()]),
            Err(error) => return Err(error),
        },
        _ => return Err(io::Error::from_raw_os_error(38)),
    })
}

fn facts(found: &fs::Metadata) -> Facts {
    let time = |seconds: i64, nanoseconds: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds);
    Facts {
        mode: i64::from(found.mode()),
        ino: found.ino() as i64,
        dev: found.dev() as i64,
        nlink: found.nlink() as i64,
        uid: i64::from(found.uid()),
        gid: i64::from(found.gid()),
        size: found.size() as i64,
        atime: time(found.atime(), found.atime_nsec()),
        mtime: time(found.mtime(), found.mtime_nsec()),
        ctime: time(found.ctime(), found.ctime_nsec()),
        blksize: found.blksize() as i64,
        blocks: found.blocks() as i64,
        rdev: found.rdev() as i64,
    }
}

/// A whole file, as `import` reads it.
pub fn read_whole(path: &str) -> Answer {
    match fs::read(path) {
        Ok(bytes) => Answer::Bytes(bytes),
        Err(error) => failed(&error),
    }
}

/// The system's word for a failure: `errno` and its text.
pub fn failed(error: &io::Error) -> Answer {
    Answer::Failed(error.raw_os_error().unwrap_or(5), errno::words(error))
}

fn open(path: &[u8], how: OpenHow) -> io::Result<File> {
    if !how.write && (how.create || how.exclusive || how.truncate) {
        // The library refuses what the system allows: make it for writing, then read it.
        open(path, OpenHow { write: true, ..how })?;
        return File::open(as_path(path));
    }
    OpenOptions::new()
        .read(how.read)
        .write(how.write && !how.append)
        .append(how.append)
        .create(how.create)
        .create_new(how.exclusive)
        .truncate(how.truncate)
        .open(as_path(path))
}

fn as_path(path: &[u8]) -> &Path {
    Path::new(OsStr::from_bytes(path))
}

fn bad_descriptor() -> io::Error {
    io::Error::from_raw_os_error(9)
}

fn done(result: io::Result<()>) -> io::Result<Answer> {
    result.map(|()| Answer::Done)
}
