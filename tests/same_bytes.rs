//! Every output is the same, byte for byte: of two runs, in two folders, under two time zones and languages of the system.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::CommandCargoExt;
use support::{copy_of, repository};

const FORMATS: &str = "iptt,eu-logframe,fcdo-logframe,un-partner,activity-progress,pirs,iati,hxl,dhis2";
const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n";

/// What a machine is set to: time zone, language of messages, threads.
type Machine = (&'static str, &'static str, &'static str);

const HERE: Machine = ("UTC", "C", "1");
const THERE: Machine = ("Pacific/Kiritimati", "uk_UA.UTF-8", "2");

/// Every file that a run writes, by name.
fn written(project: &Path, (zone, locale, threads): Machine, lang: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let mut command = Command::cargo_bin("tallyframe").expect("the program is built");
    command.arg("run").arg(project).arg("--out").arg(&out);
    command.args(["--lang", lang, "--format", FORMATS, "--evidence", "--private"]);
    command.env("TZ", zone).env("LC_ALL", locale).env("LANG", locale);
    let output = command.env("RAYON_NUM_THREADS", threads).output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{said}");
    let mut files = BTreeMap::new();
    below(&out, &out, &mut files);
    files
}

fn below(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path: PathBuf = entry.expect("an entry").path();
        if path.is_dir() {
            below(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            files.insert(name, fs::read(&path).expect("read"));
        }
    }
}

#[test]
fn every_output_is_the_same_on_another_machine_and_day() {
    for entry in fs::read_dir(repository("samples")).expect("samples") {
        let sample = entry.expect("a sample").file_name().to_string_lossy().into_owned();
        let [one, other] = [copy_of(&sample), copy_of(&sample)];
        for project in [&one, &other] {
            fs::create_dir_all(project.path().join("private")).expect("made");
            fs::write(project.path().join("private/evidence.key"), KEY).expect("written");
        }
        // One sample in both languages; printing in the second takes no other way.
        let langs: &[&str] = if sample == "balakliya" { &["en", "uk"] } else { &["en"] };
        for lang in langs {
            let first = written(one.path(), HERE, lang);
            let second = written(other.path(), THERE, lang);
            assert!(first.len() > 14, "{sample}: {:?}", first.keys());
            assert!(first.keys().eq(second.keys()), "{sample}");
            for (name, bytes) in &first {
                assert!(second[name] == *bytes, "{sample} {lang}: {name} differs");
            }
        }
    }
}
