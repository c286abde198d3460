//! The machine: its cores, and the processes that are kept on them.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::Result;

/// Set for the second start of this program, which is on its core.
const PLACED: &str = "BENCH_PLACED_ON";

/// Where everything runs, and how long each figure is taken for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Host {
    pub(crate) cores: usize,
    /// For the server, Postgres and the floors; `None` where `taskset` is missing.
    pub(crate) server_core: Option<usize>,
    pub(crate) generator_core: Option<usize>,
    pub(crate) seconds: f64,
    pub(crate) warm_up_seconds: f64,
    kernel: String,
    processor: String,
    rustc: String,
    profile: &'static str,
    /// Runnable processes over the last minute, before anything was started here: other work blurs the figures.
    pub(crate) load_before: String,
    temp_folder: String,
}

impl Host {
    /// Goes to the generator's core, which starts this program anew.
    pub(crate) fn take_place() -> Result<Self> {
        if let Ok(list) = std::env::var(PLACED) {
            return Ok(Self::describe(&parse_cores(&list)));
        }
        let allowed = allowed_cores();
        let has_taskset = output("taskset", &["--version"]).is_some();
        let Some(core) = allowed.get(1).or(allowed.first()).filter(|_| has_taskset) else {
            return Ok(Self::describe(&[]));
        };
        let list: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        // Returns only where it fails.
        let error = Command::new("taskset")
            .args(["-c", &core.to_string()])
            .arg(std::env::current_exe()?)
            .args(std::env::args().skip(1))
            .env(PLACED, list.join(","))
            .exec();
        Err(error.into())
    }

    fn describe(cores: &[usize]) -> Self {
        let seconds = std::env::var("BENCH_SECONDS")
            .ok()
            .and_then(|text| text.parse().ok());
        let seconds: f64 = seconds.filter(|seconds| *seconds > 0.0).unwrap_or(5.0);
        let seconds = seconds.min(10.0);
        let read = |path: &str| {
            fs::read_to_string(path)
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        let model = |line: &str| {
            Some(
                line.strip_prefix("model name")?
                    .trim_start_matches([' ', '\t', ':'])
                    .to_owned(),
            )
        };
        let temp = std::env::temp_dir().display().to_string();
        let file_system = output("stat", &["-f", "-c", "%T", &temp]).unwrap_or_default();
        Self {
            cores: cores.len(),
            server_core: cores.first().copied(),
            generator_core: cores.get(1).or(cores.first()).copied(),
            seconds,
            warm_up_seconds: seconds.min(2.0),
            kernel: read("/proc/sys/kernel/osrelease"),
            processor: read("/proc/cpuinfo")
                .lines()
                .find_map(model)
                .unwrap_or_default(),
            rustc: output("rustc", &["--version"]).unwrap_or_default(),
            profile: if cfg!(debug_assertions) {
                "debug"
            } else {
                "release"
            },
            load_before: read("/proc/loadavg")
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned(),
            temp_folder: format!("{temp} ({file_system})"),
        }
    }

    /// What one must know to read the figures.
    pub(crate) fn lines(&self) -> Vec<String> {
        let place = match (self.server_core, self.generator_core) {
            (Some(server), Some(generator)) if server != generator => {
                format!(
                    "server, Postgres and floors on core {server}, load generator on core {generator} of {}",
                    self.cores
                )
            }
            (Some(core), _) => format!(
                "ONE CORE ONLY ({core}): the load generator takes its share, figures are too low"
            ),
            _ => "NOT PINNED (no taskset): figures of two runs do not compare".to_owned(),
        };
        let mut lines = vec![
            place,
            format!(
                "{} · Linux {} · {} · temporary files in {}",
                self.processor, self.kernel, self.rustc, self.temp_folder
            ),
            format!(
                "{} s each after {} s of warm-up · load average before: {}",
                self.seconds, self.warm_up_seconds, self.load_before
            ),
        ];
        if self.profile == "debug" {
            lines.push("DEBUG BUILD: figures mean nothing".to_owned());
        }
        if self.load_before.parse().is_ok_and(|load: f64| load > 0.5) {
            lines.push("OTHER PROGRAMS WERE BUSY: figures are blurred".to_owned());
        }
        lines
    }

    /// A command on the server's core that does not outlive this program.
    pub(crate) fn pinned(&self, program: &str) -> Command {
        let Some(core) = self.server_core else {
            return Command::new(program);
        };
        let core = core.to_string();
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "taskset", "-c", &core, program]);
        command
    }
}

/// The cores that this process may run on.
fn allowed_cores() -> Vec<usize> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let list = status
        .lines()
        .find_map(|line| line.strip_prefix("Cpus_allowed_list:"));
    parse_cores(list.unwrap_or("0").trim())
}

/// `0-2,5` as the kernel writes it.
fn parse_cores(list: &str) -> Vec<usize> {
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        Some(from.parse::<usize>().ok()?..=to.parse::<usize>().ok()?)
    };
    list.split(',').filter_map(range).flatten().collect()
}

/// What a command prints, without the line's end; `None` where it fails.
fn output(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// A child process; killed when dropped.
#[derive(Debug)]
pub(crate) struct Process {
    pub(crate) child: Child,
    /// What ends it in good order.
    signal: &'static str,
}

impl Process {
    pub(crate) fn start(command: &mut Command, signal: &'static str) -> Result<Self> {
        let program = command.get_program().display().to_string();
        let child = command
            .spawn()
            .map_err(|error| format!("{program}: {error}"))?;
        Ok(Self { child, signal })
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Fails if it has ended.
    pub(crate) fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("a process ended by itself: {status}").into()),
        }
    }

    /// A line of `/proc/PID/status` in MiB.
    pub(crate) fn memory_mib(&self, name: &str) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid()))?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let kib: u32 = line
            .and_then(|line| line.trim().strip_suffix(" kB"))
            .ok_or("no such line in status")?
            .parse()?;
        Ok(f64::from(kib) / 1024.0)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let pid = self.pid().to_string();
        let _ = Command::new("kill")
            .args(["-s", self.signal, &pid])
            .stderr(Stdio::null())
            .status();
        let until = Instant::now() + Duration::from_secs(12);
        while Instant::now() < until && matches!(self.child.try_wait(), Ok(None)) {
            sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processor time that a process has taken, in user and in kernel mode, in seconds.
pub(crate) fn cpu_seconds(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    // The second field is the program's name in brackets, blanks and all.
    let rest = stat.rsplit_once(')').ok_or("no name in stat")?.1;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |index: usize| -> Result<f64> {
        Ok(f64::from(
            fields.get(index).ok_or("stat is short")?.parse::<u32>()?,
        ))
    };
    // 100 ticks a second on every Linux of today (USER_HZ).
    Ok((ticks(11)? + ticks(12)?) / 100.0)
}
