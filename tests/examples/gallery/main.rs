//! Makes the README's pictures of the real app and writes them into `ui/screenshots`: `cargo xtask gallery`.

#[cfg(target_os = "linux")]
mod pictures;

fn main() {
    #[cfg(target_os = "linux")]
    pictures::make();
    #[cfg(not(target_os = "linux"))]
    panic!("the app can be driven on Linux alone");
}
