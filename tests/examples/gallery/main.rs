//! Makes the README's pictures of the real app and writes them into `ui/screenshots`: `cargo xtask gallery`, or
//! `cargo xtask gallery -- lead` for some of them: `live`, `agent`, `lead`.

#[cfg(target_os = "linux")]
mod agent;
#[cfg(target_os = "linux")]
mod lead;
#[cfg(target_os = "linux")]
mod live;
#[cfg(target_os = "linux")]
mod picture;
#[cfg(target_os = "linux")]
mod small_png;

#[cfg(target_os = "linux")]
fn main() {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let sets: [(&str, fn()); 3] = [("live", live::make), ("agent", agent::make), ("lead", lead::make)];
    for (name, make) in sets {
        if asked.is_empty() || asked.iter().any(|one| one == name) {
            make();
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {
    panic!("the app can be driven on Linux alone");
}
