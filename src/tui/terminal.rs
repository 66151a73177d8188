//! The real terminal: raw mode, events, the engine on its own thread, and the way back on every way out.
//!
//! Keys are read from the terminal even where stdin is a file (crossterm opens `/dev/tty` then). The terminal is
//! restored on return, on error, on panic, and on SIGTERM, SIGHUP and SIGINT.

use std::{
    io::{self, BufWriter, IsTerminal, Stdout, Write},
    panic,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{self, Receiver, RecvTimeoutError, Sender, TryRecvError},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use anyhow::{Context, bail};
use crossterm::{
    cursor,
    event::{
        self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, KeyEventKind, MouseButton,
        MouseEventKind,
    },
    execute, queue,
    terminal::{self, BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen},
};
use ratatui::{
    backend::{Backend, CrosstermBackend},
    buffer::{Buffer, Cell},
    layout::Rect,
    style::Modifier,
};

use super::{
    action::{Action, Again, Walk},
    app::{App, Running},
    exporting::{self, Seen},
    keymap, render,
    start::{Choice, Start},
    theme::depth::Depth,
};
use crate::{
    debugger::{
        command::{Command, Scroll},
        engine::{Answer, Engine, Signals},
    },
    view::{View, ViewRequest},
};

/// How long to wait for a key before looking at signals, the engine and the clock.
const TICK: Duration = Duration::from_millis(50);

/// So many keys are taken before the screen is drawn again.
const BURST: usize = 64;

/// Between two looks at a file that is watched.
const WATCH_EVERY: Duration = Duration::from_millis(300);

const BROKEN: &str = "uncoil itself broke; the message above says where";

/// Shows the program to a person until they quit.
///
/// # Errors
///
/// There is no terminal, it fails, or the engine's thread broke.
pub fn run<E: Engine + Send + 'static>(engine: E, app: &mut App, how: How) -> anyhow::Result<Left> {
    if !io::stdout().is_terminal() {
        bail!("stdout is no terminal; `uncoil run` runs a program without a screen");
    }
    let stop = Arc::new(AtomicUsize::new(0));
    let mut watched = Vec::new();
    for signal in [signal_hook::consts::SIGTERM, signal_hook::consts::SIGHUP, signal_hook::consts::SIGINT] {
        let id = signal_hook::flag::register_usize(signal, Arc::clone(&stop), signal as usize).context("cannot watch signals")?;
        watched.push(id);
    }
    let signals = engine.signals();
    let closes = engine.has_to_close();
    let (to_engine, from_engine, closed) = start(engine).context("cannot start a thread")?;
    let broken = Arc::new(AtomicBool::new(false));
    let _guard = Guard::enter(Arc::clone(&broken), app.mouse).context("cannot prepare the terminal")?;
    app.size = terminal::size().context("cannot measure the terminal")?;
    let work = how.first.clone().map_or(Work::Nothing, Work::Command);
    if how.first.is_some() {
        app.running = Some(Running::default());
    }
    to_engine.send(Order { work, request: app.request() }).ok();
    let mut screen = Loop {
        app,
        signals,
        to_engine,
        from_engine,
        stop,
        broken,
        outstanding: 1,
        played: Instant::now(),
        watched: how.watch.map(Watched::new),
        colors: how.colors,
        left: None,
        suspend: false,
    };
    let result = screen.run();
    for id in watched {
        signal_hook::low_level::unregister(id);
    }
    let signals = screen.signals.clone();
    drop(screen); // no more orders
    if result.is_ok() {
        let patience = Instant::now() + Duration::from_millis(300);
        while closes || Instant::now() < patience {
            signals.request_interrupt(); // an order that waits may have cleared it
            match closed.recv_timeout(Duration::from_millis(5)) {
                Ok(last) => {
                    app.farewell = last.map_err(anyhow::Error::msg)?;
                    break;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => bail!(BROKEN),
            }
        }
    }
    result
}

/// Shows the start screen; what was chosen.
///
/// # Errors
///
/// The terminal fails.
pub fn choose(start: &mut Start, mouse: bool, colors: Depth) -> anyhow::Result<Option<String>> {
    let _guard = Guard::enter(Arc::default(), mouse).context("cannot prepare the terminal")?;
    let mut paper = Paper::default();
    loop {
        let (width, height) = terminal::size().context("cannot measure the terminal")?;
        let mut drawn = Buffer::empty(Rect::new(0, 0, width.max(1), height.max(1)));
        start.draw(&mut drawn);
        colors.fit(&mut drawn);
        paper.show(drawn).context("cannot draw")?;
        let choice = match event::read().context("cannot read keys")? {
            Event::Key(key) if key.kind != KeyEventKind::Release => match keymap::written(&key).as_deref() {
                Some("<C-z>") => {
                    suspend(mouse).context("cannot prepare the terminal")?;
                    paper = Paper::default();
                    Choice::None
                }
                Some(key) => start.key(key),
                None => Choice::None,
            },
            Event::Paste(text) => {
                text.chars().filter(|c| !c.is_control()).for_each(|c| drop(start.key(&keymap::of_char(c))));
                Choice::None
            }
            Event::Mouse(mouse) => match mouse.kind {
                MouseEventKind::Down(MouseButton::Left) => start.click(mouse.row),
                MouseEventKind::ScrollUp => start.key("<up>"),
                MouseEventKind::ScrollDown => start.key("<down>"),
                _ => Choice::None,
            },
            _ => Choice::None,
        };
        match choice {
            Choice::None => {}
            Choice::Open(file) => return Ok(Some(file)),
            Choice::Leave => return Ok(None),
        }
    }
}

/// How the screen begins and what it heeds.
#[derive(Clone, Debug)]
pub struct How {
    /// What is done first of all.
    pub first: Option<Command>,
    /// When this file changes, the screen is left for another run.
    pub watch: Option<PathBuf>,
    pub colors: Depth,
}

/// Why the screen was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    Quit,
    Again(Again),
    /// A signal asked for it, by number; the exit status should be 128 more.
    Signal(i32),
}

/// What the engine's thread is asked for: work, then a view.
struct Order {
    work: Work,
    request: ViewRequest,
}

enum Work {
    Nothing,
    Command(Command),
    Walk(Walk),
}

/// What came of the work, and the view.
type Report = (Done, View);

enum Done {
    Nothing,
    Answer(Answer),
    Seen(Walk, Seen),
}

/// What the engine's thread comes to when there are no more orders.
type Closed = Receiver<Result<Option<String>, String>>;

fn start<E: Engine + Send + 'static>(mut engine: E) -> io::Result<(Sender<Order>, Receiver<Report>, Closed)> {
    let (to_engine, orders) = mpsc::channel::<Order>();
    let (reports, from_engine) = mpsc::channel();
    let (last, closed) = mpsc::channel();
    let thread = thread::Builder::new().name("engine".into()).stack_size(crate::STACK_SIZE);
    thread.spawn(move || {
        for order in orders {
            let done = match order.work {
                Work::Nothing => Done::Nothing,
                Work::Command(command) => Done::Answer(engine.execute(&command)),
                Work::Walk(walk) => {
                    let seen = exporting::look(&mut engine, &walk);
                    Done::Seen(walk, seen)
                }
            };
            if reports.send((done, engine.view(&order.request))).is_err() {
                break;
            }
        }
        last.send(engine.close()).ok();
    })?;
    Ok((to_engine, from_engine, closed))
}

struct Loop<'a> {
    app: &'a mut App,
    signals: Signals,
    to_engine: Sender<Order>,
    from_engine: Receiver<Report>,
    /// A signal asked us to leave.
    stop: Arc<AtomicUsize>,
    /// A thread panicked and the terminal is restored: nothing may be drawn any more.
    broken: Arc<AtomicBool>,
    /// Orders without a report.
    outstanding: usize,
    /// When the last step of playing was made.
    played: Instant,
    watched: Option<Watched>,
    colors: Depth,
    left: Option<Left>,
    /// Ctrl-Z was pressed.
    suspend: bool,
}

/// A file that may be saved anew.
struct Watched {
    file: PathBuf,
    stamp: Option<SystemTime>,
    looked: Instant,
}

impl Watched {
    fn new(file: PathBuf) -> Watched {
        Watched { stamp: stamp(&file), file, looked: Instant::now() }
    }

    /// It has another content, and is written to its end: it was so when it was looked at before.
    fn has_changed(&mut self) -> bool {
        if self.looked.elapsed() < WATCH_EVERY {
            return false;
        }
        self.looked = Instant::now();
        stamp(&self.file).is_some_and(|stamp| self.stamp.replace(stamp) != Some(stamp))
    }
}

/// When it was written last; an editor may have taken it away for a moment.
fn stamp(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}

impl Loop<'_> {
    fn run(&mut self) -> anyhow::Result<Left> {
        let mut paper = Paper::default();
        let mut dirty = false; // nothing to show before the first report
        while self.left.is_none() && self.stop.load(Ordering::Relaxed) == 0 {
            dirty |= self.take_reports()?;
            if self.broken.load(Ordering::Relaxed) {
                bail!(BROKEN);
            }
            if let Some(running) = &mut self.app.running {
                running.progress = self.signals.progress();
            }
            if self.app.play.is_on && self.played.elapsed() >= self.app.play.every() {
                self.played = Instant::now();
                let actions = self.app.play_on();
                self.perform(actions);
                dirty = true;
            }
            if dirty {
                let (width, height) = self.app.size;
                let mut drawn = render(self.app, width, height);
                self.colors.fit(&mut drawn);
                if self.app.is_narrow {
                    narrow(&mut drawn);
                }
                paper.show(drawn).context("cannot draw")?;
                dirty = false;
            }
            if self.watched.as_mut().is_some_and(Watched::has_changed) {
                if self.app.running.is_some() {
                    self.left = Some(Left::Again(Again::Rerun { line: None, round: 1 }));
                } else {
                    let actions = self.app.command(Command::Rerun);
                    self.perform(actions);
                }
            }
            if std::mem::take(&mut self.suspend) {
                suspend(self.app.mouse).context("cannot prepare the terminal")?;
                paper = Paper::default();
                self.app.size = terminal::size().context("cannot measure the terminal")?;
                self.order(Work::Nothing);
                dirty = true;
                continue;
            }
            // While the engine works on something short, its report comes before the next key.
            let wait = if self.outstanding > 0 { Duration::from_millis(2) } else { TICK };
            let started = Instant::now();
            loop {
                if event::poll(wait).context("cannot read keys")? {
                    dirty |= self.event(event::read().context("cannot read keys")?);
                    // What was typed fast is drawn once.
                    for _ in 0..BURST {
                        let may_read = self.app.running.is_none() && self.left.is_none() && !self.suspend;
                        if !may_read || !event::poll(Duration::ZERO).context("cannot read keys")? {
                            break;
                        }
                        dirty |= self.event(event::read().context("cannot read keys")?);
                    }
                    break;
                }
                if self.outstanding == 0 || started.elapsed() >= TICK {
                    break;
                }
                if self.take_reports()? {
                    dirty = true;
                    break;
                }
            }
            if started.elapsed() >= TICK
                && let Some(running) = &mut self.app.running
            {
                running.tick += 1;
                dirty = true;
            }
        }
        self.signals.request_interrupt(); // the engine's thread may be in a loop without end
        Ok(match self.stop.load(Ordering::Relaxed) {
            0 => self.left.take().unwrap_or(Left::Quit),
            signal => Left::Signal(signal as i32),
        })
    }

    fn take_reports(&mut self) -> anyhow::Result<bool> {
        let mut any = false;
        loop {
            match self.from_engine.try_recv() {
                Ok((done, view)) => {
                    any = true;
                    self.outstanding -= 1;
                    match done {
                        Done::Answer(answer) => {
                            let actions = self.app.answered(answer, view);
                            self.perform(actions);
                        }
                        // A picture asked for before a command was sent is old news.
                        Done::Nothing if self.app.running.is_none() => {
                            let actions = self.app.refreshed(view);
                            self.perform(actions);
                        }
                        Done::Nothing => {}
                        Done::Seen(walk, seen) => exporting::finish(self.app, &walk, seen, view),
                    }
                }
                Err(TryRecvError::Empty) => return Ok(any),
                Err(TryRecvError::Disconnected) => bail!(BROKEN),
            }
        }
    }

    /// `true` if the screen may look different now.
    fn event(&mut self, event: Event) -> bool {
        let actions = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => match keymap::written(&key) {
                Some(key) => self.app.key(&key),
                None => return false,
            },
            Event::Paste(text) => self.app.paste(&text),
            Event::Mouse(mouse) => {
                let (x, y) = (mouse.column, mouse.row);
                match mouse.kind {
                    MouseEventKind::Down(MouseButton::Left) => self.app.press(x, y),
                    MouseEventKind::Drag(MouseButton::Left) => self.app.drag(x, y),
                    MouseEventKind::Up(MouseButton::Left) => {
                        self.app.release();
                        return false;
                    }
                    MouseEventKind::ScrollUp => self.app.wheel(x, y, Scroll::Up),
                    MouseEventKind::ScrollDown => self.app.wheel(x, y, Scroll::Down),
                    _ => return false,
                }
            }
            Event::Resize(width, height) => self.app.resize(width, height),
            _ => return false,
        };
        self.perform(actions);
        true
    }

    fn perform(&mut self, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Execute(command) => {
                    self.signals.take_interrupt();
                    self.played = Instant::now();
                    self.order(Work::Command(command));
                }
                Action::Refresh => self.order(Work::Nothing),
                Action::Interrupt => self.signals.request_interrupt(),
                Action::Export { file, format } => exporting::screen(self.app, &file, format),
                Action::Walk(walk) => {
                    self.signals.take_interrupt();
                    self.order(Work::Walk(walk));
                }
                Action::Mouse(true) => drop(execute!(io::stdout(), EnableMouseCapture)),
                Action::Mouse(false) => drop(execute!(io::stdout(), DisableMouseCapture)),
                Action::Suspend => self.suspend = true,
                Action::Again(again) => self.left = Some(Left::Again(again)),
                Action::Quit => self.left = Some(Left::Quit),
            }
        }
    }

    fn order(&mut self, work: Work) {
        if self.to_engine.send(Order { work, request: self.app.request() }).is_ok() {
            self.outstanding += 1;
        }
    }
}

/// Letters that the terminal would not know.
fn narrow(buffer: &mut Buffer) {
    for cell in buffer.content.iter_mut().filter(|cell| !cell.symbol().is_ascii()) {
        cell.set_symbol("?");
    }
}

/// What the terminal shows now; only what differs is sent.
struct Paper {
    backend: CrosstermBackend<BufWriter<Stdout>>,
    shown: Buffer,
}

impl Default for Paper {
    fn default() -> Self {
        Paper { backend: CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout())), shown: Buffer::empty(Rect::ZERO) }
    }
}

impl Paper {
    fn show(&mut self, buffer: Buffer) -> io::Result<()> {
        if self.shown.area != buffer.area {
            // Every cell is sent. Clearing instead would make some terminals keep the old screen in their history.
            let mut unlike = Cell::new(" "); // no drawn cell blinks
            unlike.modifier = Modifier::RAPID_BLINK;
            self.shown = Buffer::filled(buffer.area, unlike);
        }
        queue!(self.backend, BeginSynchronizedUpdate)?;
        self.backend.draw(self.shown.diff(&buffer).into_iter())?;
        queue!(self.backend, EndSynchronizedUpdate)?;
        self.shown = buffer;
        Backend::flush(&mut self.backend)
    }
}

/// Raw mode and the alternate screen; dropping it restores the terminal.
struct Guard;

impl Guard {
    fn enter(broken: Arc<AtomicBool>, mouse: bool) -> io::Result<Guard> {
        let default_hook = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            broken.store(true, Ordering::Relaxed);
            restore();
            default_hook(info);
        }));
        let guard = Guard;
        prepare(mouse)?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
        if !thread::panicking() {
            drop(panic::take_hook());
        }
    }
}

fn prepare(mouse: bool) -> io::Result<()> {
    terminal::enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide)?;
    if mouse { execute!(io::stdout(), EnableMouseCapture) } else { Ok(()) }
}

/// Gives the terminal to the shell until it calls us back.
fn suspend(mouse: bool) -> io::Result<()> {
    restore();
    signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)?;
    prepare(mouse)
}

/// As it was before. Errors have no one to go to.
fn restore() {
    let _ = execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = terminal::disable_raw_mode();
    let _ = io::stdout().flush();
}
