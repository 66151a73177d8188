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
        fs::MetadataExt,
    },
    path::Path,
};

use crate::vm::host::{Answer, FileFacts, FileRequest, OpenHow};

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
        })
    }

    fn file(&mut self, handle: u32) -> io::Result<&mut File> {
        self.open.get_mut(&handle).ok_or_else(bad_descriptor)
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
    let errno = error.raw_os_error().unwrap_or(5);
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).to_string();
    Answer::Failed(errno, text)
}

fn open(path: &[u8], how: OpenHow) -> io::Result<File> {
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
