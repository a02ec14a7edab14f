use super::*;
use std::sync::mpsc;
use std::time::Duration;

fn nothing() -> Handed {
    Handed { context: None, link: None }
}

fn first(data_dir: &Path) -> Place {
    match start(data_dir, &nothing()).unwrap() {
        Start::First(place) => place,
        Start::HandedOver => panic!("nobody else is there"),
    }
}

#[test]
fn a_second_start_hands_over_and_the_next_is_first_again() {
    let folder = tempfile::tempdir().unwrap();
    // Far longer than the path of a socket may be.
    let data_dir = folder.path().join("x".repeat(200));
    std::fs::create_dir(&data_dir).unwrap();
    let place = first(&data_dir);
    let (told, heard) = mpsc::channel();
    place.listen(move |handed| told.send(handed).unwrap()).unwrap();
    let context = CallContext { creditor: "Harbor Lane".into(), ..CallContext::default() };
    let handed = Handed { context: Some(Box::new(context)), link: Some("cueline://call".into()) };
    for _ in 0..2 {
        assert!(matches!(start(&data_dir, &handed).unwrap(), Start::HandedOver));
        assert_eq!(heard.recv_timeout(Duration::from_secs(5)).unwrap(), handed);
    }
    drop(place);
    drop(first(&data_dir));
}

#[test]
fn two_data_folders_are_two_windows() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let _both = (first(one.path()), first(other.path()));
}

#[test]
fn what_is_no_second_start_does_no_harm() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let place = first(folder.path());
    let (told, heard) = mpsc::channel();
    place.listen(move |handed| told.send(handed).unwrap()).unwrap();
    let socket = std::fs::read_to_string(folder.path().join("window.lock")).unwrap();
    let mut stranger = std::os::unix::net::UnixStream::connect(socket).unwrap();
    stranger.write_all(b"{\"context\": 7").unwrap();
    drop(stranger);
    assert!(matches!(start(folder.path(), &nothing()).unwrap(), Start::HandedOver));
    assert_eq!(heard.recv_timeout(Duration::from_secs(5)).unwrap(), nothing());
}
