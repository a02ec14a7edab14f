/// The name under which this computer stands in the session logs.
pub fn machine() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}
