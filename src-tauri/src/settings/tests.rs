use super::*;

fn settings() -> Settings {
    let raw = RawSettings { agent_name: " Priya ".into(), theme: Theme::Dark, ..RawSettings::default() };
    Settings::try_from(raw).unwrap()
}

#[test]
fn what_was_saved_is_loaded() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(Settings::load(folder.path()).unwrap(), Settings::default(), "none yet");
    let device: DeviceId = serde_json::from_str(r#""pulse:headset""#).unwrap();
    let settings = settings().with_device(Lane::Customer, device.clone());
    settings.save(folder.path()).unwrap();
    settings.save(folder.path()).unwrap();
    let loaded = Settings::load(folder.path()).unwrap();
    assert_eq!(loaded, settings);
    assert_eq!(loaded.agent_name(), "Priya");
    assert_eq!((loaded.device(Lane::Agent), loaded.device(Lane::Customer)), (None, Some(&device)));
    let names: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["settings.toml"], "nothing is left lying about");
}

#[test]
fn a_broken_file_is_kept_aside_and_its_place_is_told() {
    for (text, place) in [
        (&b"agent_name = \"P\"\ntheme = \"mauve\"\n"[..], "line 2, column 9"),
        (b"agent_name = [", "line 1"),
        (b"agent_name = \"two\\nlines\"", "control character"),
        (b"\xff\xfe", "UTF-8"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("settings.toml"), text).unwrap();
        let error = Settings::load(folder.path()).unwrap_err();
        assert!(error.to_string().contains(place), "{error}");
        assert_eq!(error.notice().code, "settings_broken");
        assert_eq!(fs::read(folder.path().join("settings.broken.toml")).unwrap(), text);
        assert_eq!(
            Settings::load(folder.path()).unwrap(),
            Settings::default(),
            "the next start is a clean one"
        );
    }
}

#[test]
fn calls_are_improved_unless_somebody_says_otherwise() {
    assert!(Settings::default().improves_calls());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.toml"), "agent_name = \"P\"\n").unwrap();
    assert!(Settings::load(folder.path()).unwrap().improves_calls(), "as an older Cueline wrote them");
    let raw = RawSettings { improve_calls: false, ..RawSettings::default() };
    Settings::try_from(raw).unwrap().save(folder.path()).unwrap();
    assert!(!Settings::load(folder.path()).unwrap().improves_calls());
}

#[test]
fn a_newer_version_s_keys_are_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("settings.toml"), "agent_name = \"P\"\nfont_size = 12\n").unwrap();
    assert_eq!(Settings::load(folder.path()).unwrap().agent_name(), "P");
}

#[test]
fn names_that_do_not_fit_are_refused() {
    for (name, code) in [("x".repeat(81), "settings_name"), ("a\u{7}b".to_owned(), "settings_name")] {
        let raw = RawSettings { agent_name: name, ..RawSettings::default() };
        assert_eq!(Settings::try_from(raw).unwrap_err().notice().code, code);
    }
}

#[test]
fn what_an_older_cueline_wrote_gets_the_defaults_of_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Settings::are_new(folder.path()));
    fs::write(folder.path().join("settings.toml"), "agent_name = \"P\"\ntheme = \"dark\"\n").unwrap();
    assert!(!Settings::are_new(folder.path()));
    let settings = Settings::load(folder.path()).unwrap();
    assert_eq!((settings.text_size, &settings.before_call), (100, &None));
    assert!(!settings.starts_at_login() && !settings.has_global_keys() && !settings.first_run_done);
}

#[test]
fn what_calls_have_in_common_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let before_call: BeforeCall = toml::from_str("mode = \"first_party\"\njurisdiction = \"US-TX\"").unwrap();
    let raw = RawSettings {
        before_call: Some(before_call),
        text_size: 125,
        global_keys: true,
        ..RawSettings::default()
    };
    let settings = Settings::try_from(raw).unwrap();
    settings.save(folder.path()).unwrap();
    assert_eq!(Settings::load(folder.path()).unwrap(), settings);
    let seen = serde_json::to_value(&settings).unwrap();
    assert_eq!(
        (&seen["before_call"]["mode"], &seen["before_call"]["recording"]),
        (&"first_party".into(), &true.into())
    );
}

#[test]
fn a_text_size_that_is_not_offered_is_refused() {
    let raw = RawSettings { text_size: 300, ..RawSettings::default() };
    assert_eq!(Settings::try_from(raw).unwrap_err().notice().code, "settings_text_size");
}

#[test]
fn a_kept_view_has_no_customer_s_name() {
    let folder = tempfile::tempdir().unwrap();
    let view = r#"{"name":"Mine","order":"newest","filter":{"agent":"Priya","customer":"Pettit","unsure":true,"min_seconds":60.0}}"#;
    let raw = RawSettings {
        role: Role::TeamLead,
        saved_views: vec![serde_json::from_str(view).unwrap()],
        ..RawSettings::default()
    };
    let settings = Settings::try_from(raw).unwrap();
    settings.save(folder.path()).unwrap();
    let text = fs::read_to_string(folder.path().join("settings.toml")).unwrap();
    assert!(text.contains("Priya") && !text.contains("Pettit"), "{text}");
    assert_eq!(Settings::load(folder.path()).unwrap(), settings);
}
