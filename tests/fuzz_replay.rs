//! Replays the corpus of the fuzz targets: seeds, and what fuzzing once found.

use std::fs;
use std::path::Path;

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn every_input_of_the_corpus_is_read_or_refused() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, target) in targets::ALL {
        let mut inputs: Vec<_> = fs::read_dir(corpus.join(name))
            .expect("a folder of inputs")
            .map(|entry| entry.expect("an input").path())
            .collect();
        inputs.sort();
        assert!(!inputs.is_empty(), "{name} has inputs");
        for input in inputs {
            target(&fs::read(&input).expect("an input"));
        }
    }
}
