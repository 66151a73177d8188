//! Files and time travel: what a program wrote is in memory, and on the disk when the user says so; however often the learner goes
//! back and forth over it, what it read stays what it was.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use uncoil::{
    debugger::{
        command::{Command, Direction, Instant, StepUnit, parse},
        engine::Engine,
        session::{Program, Session},
        world::StillWorld,
    },
    vm::{
        Config,
        host::{Answer, FileRequest, Host, Request, Stream},
    },
};

/// Notes what it is asked of files.
struct Noting {
    world: StillWorld,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Host for Noting {
    fn write(&mut self, stream: Stream, bytes: &[u8]) {
        self.world.write(stream, bytes);
    }

    fn answer(&mut self, request: &Request) -> Answer {
        if let Request::File(_) = request {
            self.asked.lock().unwrap().push(request.clone());
        }
        self.world.answer(request)
    }
}

const PROGRAM: &str = "\
f = open('/tmp/uncoil_test_time_travel', 'a')
f.write('one\\n')
f.flush()
n = f.write('two\\n')
f.close()
text = open('/tmp/uncoil_test_time_travel').read()
f = open('/tmp/uncoil_test_time_travel', 'w')
f.write('three\\n')
del f
last = open('/tmp/uncoil_test_time_travel').read()
print(text + last, end='')
";

/// A folder of its own for a test; empty.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("uncoil_test_{name}_{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder); // left by a run that failed
    fs::create_dir(&folder).unwrap();
    folder
}

fn session_of(text: &str) -> Session {
    let program = Program::compile(text.into(), "case.py".into(), Config::default(), None).unwrap();
    Session::new(program, Box::new(StillWorld::default()))
}

/// What a command says, in lines.
fn told(session: &mut Session, command: &str) -> Vec<String> {
    let answer = session.execute(&parse(command).unwrap());
    answer.error.into_iter().chain(answer.question).chain(answer.message).chain(answer.listing).collect()
}

/// The rows of `files`, without the blanks and the folder.
fn files(session: &mut Session, folder: &std::path::Path) -> Vec<String> {
    let rows = told(session, "files").into_iter().map(|row| row.split_whitespace().collect::<Vec<_>>().join(" "));
    rows.map(|row| row.replace(&format!("{}/", folder.display()), "")).collect()
}

#[test]
fn going_back_and_forth_asks_once_and_the_disk_stays_as_it_was() {
    let path = "/tmp/uncoil_test_time_travel";
    fs::write(path, "zero\n").unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let program = Program::compile(PROGRAM.into(), "case.py".into(), Config::default(), None).unwrap();
    let mut session = Session::new(program, Box::new(Noting { world: StillWorld::default(), asked: asked.clone() }));
    let over = |direction| Command::Step { unit: StepUnit::LineOver, direction, count: 1 };
    let content = || fs::read_to_string(path).unwrap_or_default();
    let mut stops = vec![session.step()];
    while !session.status().is_over() {
        session.execute(&over(Direction::Forward));
        stops.push(session.step());
        assert_eq!(content(), "zero\n");
    }
    assert_eq!(session.printed(), "zero\none\ntwo\nthree\n");
    // It is read once, to be changed in memory; nothing is written.
    let writes = |request: &Request| match request {
        Request::File(FileRequest::Open { how, .. }) => how.write || how.create || how.truncate,
        Request::File(FileRequest::Write { .. } | FileRequest::Truncate { .. }) => true,
        _ => false,
    };
    assert!(!asked.lock().unwrap().iter().any(writes));
    let count = asked.lock().unwrap().len();
    // Back line by line, and forward again, by leaps too: nothing is asked a second time.
    for &step in stops.iter().rev().skip(1) {
        session.execute(&over(Direction::Back));
        assert_eq!(session.step(), step);
    }
    fs::write(path, "changed by somebody else").unwrap();
    for &step in &stops {
        session.execute(&Command::Goto(Instant::At(step)));
        assert_eq!(session.step(), step);
    }
    session.execute(&Command::Goto(Instant::Last));
    assert_eq!(asked.lock().unwrap().len(), count);
    assert_eq!(content(), "changed by somebody else");
    fs::remove_file(path).unwrap();
}

#[test]
fn files_are_listed_as_they_were_at_each_instant_and_committed_on_request() {
    let folder = folder("commit");
    fs::write(folder.join("old"), "old\n").unwrap();
    fs::write(folder.join("gone"), "gone\n").unwrap();
    let mut session = session_of(&format!(
        "import posix\nposix.chdir({:?})\nf = open('new', 'w')\nf.write('12345')\nf.close()\nposix.mkdir('d')\nposix.rename('old', 'd/old')\nposix.unlink('gone')\nx = 1\n\
         f = open('new', 'a')\nf.write('67')\nf.close()\nr = open('new').read()\nprint(r)\n",
        folder.display().to_string()
    ));
    let until = |session: &mut Session, line: u32| session.execute(&parse(&format!("until {line}")).unwrap());
    until(&mut session, 3);
    assert_eq!(told(&mut session, "files"), ["the program has written no file that the disk does not have"]);
    until(&mut session, 6);
    let before_folder = session.step();
    assert_eq!(files(&mut session, &folder), ["new 5 bytes new"]);
    until(&mut session, 9);
    let at_x = session.step();
    let all = ["new folder d", "new 4 bytes d/old", "removed gone", "new 5 bytes new", "removed old"];
    assert_eq!(files(&mut session, &folder), all);
    session.execute(&Command::Goto(Instant::Last));
    assert_eq!(files(&mut session, &folder)[3], "new 7 bytes new");
    // In the past it is what it was there.
    session.execute(&Command::Goto(Instant::At(before_folder)));
    assert_eq!(files(&mut session, &folder), ["new 5 bytes new"]);
    session.execute(&Command::Goto(Instant::At(at_x)));
    assert_eq!(files(&mut session, &folder), all);
    // One file, after a question; the rest stays in memory.
    let new = folder.join("new").display().to_string();
    assert_eq!(told(&mut session, &format!("commit {new}")), [format!("write what the program did at {new} to the disk: yes or no?")]);
    assert_eq!(told(&mut session, "no"), ["all is left as it was"]);
    assert!(!folder.join("new").exists());
    assert_eq!(told(&mut session, &format!("yes commit {new}")), [format!("on the disk now: {new}")]);
    assert_eq!(fs::read_to_string(&new).unwrap(), "12345");
    assert!(folder.join("gone").exists() && !folder.join("d").exists());
    assert_eq!(files(&mut session, &folder), [all[0], all[1], all[2], all[4]]);
    // What has been committed was not there when the program ran: a new future goes as before.
    session.execute(&Command::Goto(Instant::At(before_folder)));
    told(&mut session, "yes set f = None");
    session.execute(&Command::Goto(Instant::Last));
    assert_eq!(session.printed(), "1234567\n");
    assert_eq!(told(&mut session, "yes commit"), ["on the disk now: 2 new, 1 changed, 2 removed"]);
    assert_eq!(fs::read_to_string(&new).unwrap(), "1234567");
    assert_eq!(fs::read_to_string(folder.join("d/old")).unwrap(), "old\n");
    assert!(!folder.join("gone").exists() && !folder.join("old").exists());
    assert_eq!(told(&mut session, "commit"), ["the program has written no file that the disk does not have"]);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_new_future_begins_with_the_files_of_its_past() {
    let folder = folder("future");
    fs::write(folder.join("log"), "0\n1\n2\n").unwrap();
    let mut session = session_of(&format!(
        "import posix\nposix.chdir({:?})\nr = open('log')\nfirst = r.readline()\nn = 5\nw = open('log', 'a')\nw.write(str(n))\nw.close()\n\
         rest = r.read()\nposix.unlink('log')\nprint(rest)\n",
        folder.display().to_string()
    ));
    session.execute(&Command::Goto(Instant::Last));
    assert_eq!(session.printed(), "1\n2\n5\n");
    assert_eq!(files(&mut session, &folder), ["removed log"]);
    session.execute(&parse("T 6").unwrap());
    told(&mut session, "yes set n = 77");
    assert_eq!(told(&mut session, "files"), ["the program has written no file that the disk does not have"]);
    session.execute(&parse("until 10").unwrap());
    assert_eq!(told(&mut session, "print rest"), ["rest = '1\\n2\\n77'"]);
    assert_eq!(files(&mut session, &folder), ["changed 8 bytes log"]);
    assert_eq!(fs::read_to_string(folder.join("log")).unwrap(), "0\n1\n2\n");
    fs::remove_dir_all(&folder).unwrap();
}
