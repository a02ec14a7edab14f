//! A web server that holds one file and answers each request as the test prescribes.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

/// How to answer one request. "The file" honours the range that was asked for.
pub(crate) enum Answer {
    /// The file.
    Whole,
    /// The whole file, whatever was asked for.
    WholeWithoutRanges,
    /// This many bytes of the file, then the end of the connection.
    Cut(usize),
    /// This many bytes of the file, then nothing until the client goes away.
    Stall(usize),
    /// The file from another byte than asked for.
    WrongRange(usize),
    /// Another file.
    Other(Vec<u8>),
    /// Another file, whose length is not announced.
    OtherUnannounced(Vec<u8>),
    /// Only a status.
    Status(u16),
}

pub(crate) struct Server {
    address: SocketAddr,
    script: Arc<Mutex<Script>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Script {
    answers: VecDeque<Answer>,
    ranges: Vec<Option<String>>,
    stopped: bool,
}

impl Server {
    pub(crate) fn start(file: Vec<u8>, answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(Mutex::new(Script { answers: answers.into(), ..Script::default() }));
        let shared = Arc::clone(&script);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.lock().unwrap().stopped {
                    return;
                }
                // A client that goes away in the middle is part of the play.
                let _ = serve(stream.unwrap(), &file, &shared);
            }
        });
        Self { address, script, thread: Some(thread) }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/ggml-m.bin", self.address)
    }

    pub(crate) fn push(&self, answer: Answer) {
        self.script.lock().unwrap().answers.push_back(answer);
    }

    /// The `Range` header of each request so far.
    pub(crate) fn ranges(&self) -> Vec<Option<String>> {
        self.script.lock().unwrap().ranges.clone()
    }

    /// Frees the port.
    pub(crate) fn stop(&mut self) {
        self.script.lock().unwrap().stopped = true;
        if let Some(thread) = self.thread.take() {
            // The server looks up when someone knocks.
            let _ = TcpStream::connect(self.address);
            thread.join().unwrap();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

fn serve(mut stream: TcpStream, file: &[u8], script: &Mutex<Script>) -> std::io::Result<()> {
    let range = read_request(&stream)?;
    let asked =
        range.as_deref().and_then(|r| r.strip_prefix("bytes=")?.strip_suffix('-')?.parse().ok()).unwrap_or(0);
    let answer = {
        let mut script = script.lock().unwrap();
        script.ranges.push(range);
        script.answers.pop_front().unwrap_or(Answer::Status(500))
    };
    match answer {
        Answer::Whole => send(&mut stream, file, asked, file.len()),
        Answer::WholeWithoutRanges => send(&mut stream, file, 0, file.len()),
        Answer::WrongRange(from) => send(&mut stream, file, from, file.len()),
        Answer::Cut(bytes) => send(&mut stream, file, asked, bytes),
        Answer::Stall(bytes) => {
            send(&mut stream, file, asked, bytes)?;
            stream.read_to_end(&mut Vec::new()).map(|_| ())
        }
        Answer::Other(other) => send(&mut stream, &other, 0, other.len()),
        Answer::OtherUnannounced(other) => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            stream.write_all(&other)
        }
        Answer::Status(status) => {
            write!(
                stream,
                "HTTP/1.1 {status} As prescribed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
        }
    }
}

/// Reads a request's head; its `Range`.
fn read_request(stream: &TcpStream) -> std::io::Result<Option<String>> {
    let mut range = None;
    for line in BufReader::new(stream).lines() {
        let line = line?;
        if line.is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("range")
        {
            range = Some(value.trim().to_owned());
        }
    }
    Ok(range)
}

/// Announces the file from byte `from` and sends at most `bytes` of it.
fn send(stream: &mut TcpStream, file: &[u8], from: usize, bytes: usize) -> std::io::Result<()> {
    let (size, left) = (file.len(), file.len() - from);
    let status = if from == 0 {
        "200 OK".to_owned()
    } else {
        format!("206 Partial Content\r\nContent-Range: bytes {from}-{}/{size}", size - 1)
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {left}\r\nConnection: close\r\n\r\n")?;
    stream.write_all(&file[from..from + bytes.min(left)])
}
