//! Files and time travel: what a program wrote is written once, however often the learner goes back and forth over it; what it
//! read stays what it was.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use uncoil::{
    debugger::{
        command::{Command, Direction, Instant, StepUnit},
        engine::Engine,
        session::{Program, Session},
        world::StillWorld,
    },
    vm::{
        Config,
        host::{Answer, Host, Request, Stream},
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
";

#[test]
fn going_back_and_forth_writes_once() {
    let path = "/tmp/uncoil_test_time_travel";
    let _ = fs::remove_file(path); // left by a run that failed
    let asked = Arc::new(Mutex::new(Vec::new()));
    let program = Program::compile(PROGRAM.into(), "case.py".into(), Config::default(), None).unwrap();
    let mut session = Session::new(program, Box::new(Noting { world: StillWorld::default(), asked: asked.clone() }));
    let over = |direction| Command::Step { unit: StepUnit::LineOver, direction, count: 1 };
    let content = || fs::read_to_string(path).unwrap_or_default();
    let mut stops = vec![(session.step(), content())];
    while !session.status().is_over() {
        session.execute(&over(Direction::Forward));
        stops.push((session.step(), content()));
    }
    let written: Vec<&str> = stops.iter().map(|(_, content)| &**content).collect();
    assert_eq!(written, ["", "", "", "", "one\n", "one\n", "one\ntwo\n", "one\ntwo\n", "", "", "three\n", "three\n"]);
    let count = asked.lock().unwrap().len();
    assert_eq!(count, 13, "{:?}", asked.lock().unwrap());
    // Back line by line, and forward again, by leaps too: nothing is asked a second time.
    for &(step, _) in stops.iter().rev().skip(1) {
        session.execute(&over(Direction::Back));
        assert_eq!(session.step(), step);
    }
    fs::write(path, "changed by somebody else").unwrap();
    for &(step, _) in &stops {
        session.execute(&Command::Goto(Instant::At(step)));
        assert_eq!(session.step(), step);
    }
    session.execute(&Command::Goto(Instant::Last));
    assert_eq!(asked.lock().unwrap().len(), count);
    assert_eq!(content(), "changed by somebody else");
    fs::remove_file(path).unwrap();
}
