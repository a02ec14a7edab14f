//! Fetching one file over HTTP(S), through cut connections, into a `.part` file that outlives the process.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::Duration;

use ureq::http::{Response, header};
use ureq::{Agent, Body};

use crate::ModelError;
use crate::fetch::FetchOptions;
use crate::progress::{Progress, Stage, StageProgress};

/// An attempt that brought at least this much does not count against the limit: a poor line may break often.
const WORTHWHILE: u64 = 1 << 16;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// A file to fetch: its address and its size, which is known beforehand.
pub(crate) struct Download<'a> {
    pub(crate) url: &'a str,
    pub(crate) size: u64,
    pub(crate) options: &'a FetchOptions,
}

/// How an attempt ended that did not end in the whole file.
enum Setback {
    /// No answer came at all. Not worth repeating unless answers came before: another source may be near.
    Unanswered(String),
    /// Another attempt may get further.
    Again(String),
    /// No attempt will.
    Final(ModelError),
}

impl Download<'_> {
    /// Fills the file at `path` up to the whole size, from where it ends now. What arrived stays when this fails.
    pub(crate) fn run(&self, path: &Path, tell: &mut dyn FnMut(Progress)) -> Result<(), ModelError> {
        let opened = File::options().write(true).create(true).truncate(false).open(path);
        let mut part = opened.map_err(ModelError::io("opening", path))?;
        let mut at = part.seek(SeekFrom::End(0)).map_err(ModelError::io("reading", path))?;
        if at > self.size {
            at = start_over(&mut part, path)?;
        }
        let mut progress = StageProgress::begin(tell, Stage::Downloading, at, self.size);
        let agent = self.agent();
        let (mut fruitless, mut answered) = (0, false);
        while at < self.size {
            let from = at;
            let ended = self.attempt(&agent, &mut part, path, &mut at, &mut progress);
            let why = match ended {
                Ok(()) => break,
                Err(Setback::Final(error)) => {
                    discard_if_empty(path, at);
                    return Err(error);
                }
                Err(Setback::Unanswered(why)) => why,
                Err(Setback::Again(why)) => {
                    answered = true;
                    why
                }
            };
            fruitless = if at >= from + WORTHWHILE { 0 } else { fruitless + 1 };
            if !answered || fruitless >= self.options.attempts {
                discard_if_empty(path, at);
                let url = self.url.to_owned();
                return Err(ModelError::Connection { url, at, size: self.size, why });
            }
            let pause = self.options.pause * 2u32.saturating_pow(fruitless.saturating_sub(1));
            std::thread::sleep(pause.min(LONGEST_PAUSE));
        }
        Ok(())
    }

    fn agent(&self) -> Agent {
        Agent::config_builder()
            .http_status_as_error(false)
            .user_agent("cueline")
            .timeout_resolve(Some(self.options.stall))
            .timeout_connect(Some(self.options.stall))
            .timeout_recv_response(Some(self.options.stall))
            .timeout_per_read(Some(self.options.stall))
            .build()
            .new_agent()
    }

    /// One request; moves `at` along as bytes are written.
    fn attempt(
        &self,
        agent: &Agent,
        part: &mut File,
        path: &Path,
        at: &mut u64,
        progress: &mut StageProgress<'_>,
    ) -> Result<(), Setback> {
        let mut request = agent.get(self.url);
        if *at > 0 {
            request = request.header(header::RANGE, format!("bytes={at}-"));
        }
        let response = request.call().map_err(|e| Setback::Unanswered(self.reason(e)))?;
        let status = response.status().as_u16();
        let offered = match status {
            // A server that ignores the range sends the file from its beginning.
            200 => {
                *at = start_over(part, path).map_err(Setback::Final)?;
                progress.set(0);
                content_length(&response)
            }
            206 => match content_range(&response) {
                Some((from, total)) if from == *at => total,
                _ => {
                    *at = start_over(part, path).map_err(Setback::Final)?;
                    return Err(Setback::Again(
                        "the server sent another part of the file than asked for".into(),
                    ));
                }
            },
            // What is here is no beginning of what is there.
            416 => {
                *at = start_over(part, path).map_err(Setback::Final)?;
                return Err(Setback::Again(
                    "the server has no such part of the file (HTTP status 416)".into(),
                ));
            }
            408 | 429 | 500..=599 => {
                return Err(Setback::Again(format!("the server answers with HTTP status {status}")));
            }
            _ => return Err(Setback::Final(ModelError::Refused { url: self.url.to_owned(), status })),
        };
        if let Some(found) = offered
            && found != self.size
        {
            return Err(Setback::Final(self.wrong_size(found)));
        }
        self.receive(response, part, path, at, progress)
    }

    fn receive(
        &self,
        mut response: Response<Body>,
        part: &mut File,
        path: &Path,
        at: &mut u64,
        progress: &mut StageProgress<'_>,
    ) -> Result<(), Setback> {
        let mut body = response.body_mut().as_reader();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let n = body.read(&mut buffer).map_err(|e| Setback::Again(self.reason(e.into())))?;
            if n == 0 {
                break;
            }
            if *at + n as u64 > self.size {
                start_over(part, path).map_err(Setback::Final)?;
                return Err(Setback::Final(self.wrong_size(*at + n as u64)));
            }
            part.write_all(&buffer[..n]).map_err(|e| Setback::Final(ModelError::io("writing", path)(e)))?;
            *at += n as u64;
            progress.set(*at);
        }
        if *at < self.size { Err(Setback::Again("the connection was closed early".into())) } else { Ok(()) }
    }

    fn wrong_size(&self, found: u64) -> ModelError {
        ModelError::WrongSize { what: self.url.to_owned(), expected: self.size, found }
    }

    fn reason(&self, error: ureq::Error) -> String {
        match error {
            ureq::Error::Timeout(_) => {
                format!("nothing arrived for {} seconds", self.options.stall.as_secs_f32())
            }
            ureq::Error::HostNotFound => "the host's name is not known here".to_owned(),
            ureq::Error::Io(error) => error.to_string(),
            other => other.to_string(),
        }
    }
}

/// Empties the file; its new length.
fn start_over(part: &mut File, path: &Path) -> Result<u64, ModelError> {
    part.set_len(0).and_then(|()| part.rewind()).map_err(ModelError::io("writing", path))?;
    Ok(0)
}

/// A download that brought nothing leaves nothing behind.
fn discard_if_empty(path: &Path, at: u64) {
    if at == 0 {
        let _ = std::fs::remove_file(path);
    }
}

fn content_length(response: &Response<Body>) -> Option<u64> {
    response.headers().get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The first byte and, where stated, the whole size, from `Content-Range: bytes 7-99/100`.
fn content_range(response: &Response<Body>) -> Option<(u64, Option<u64>)> {
    parse_content_range(response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?)
}

fn parse_content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = text.trim().strip_prefix("bytes ")?.split_once('/')?;
    let from = range.split_once('-')?.0.parse().ok()?;
    match total {
        "*" => Some((from, None)),
        total => Some((from, Some(total.parse().ok()?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_content_ranges() {
        assert_eq!(parse_content_range("bytes 7-99/100"), Some((7, Some(100))));
        assert_eq!(parse_content_range("bytes 0-9/*"), Some((0, None)));
        for wrong in ["", "bytes", "bytes */100", "bytes 7/100", "items 7-99/100", "bytes 7-99/many"] {
            assert_eq!(parse_content_range(wrong), None, "{wrong}");
        }
    }
}
