//! A page of the guide as the steps of a session.

/// One thing that a reader of the page does, or sees.
pub(crate) enum Step {
    /// Puts a folder or file of the repository under a name.
    Begin { from: String, name: String },
    /// Saves a block as a file.
    Write { file: String, text: String },
    /// Adds a block to the end of a file.
    Append { file: String, text: String },
    /// Holds a block against a file of the repository.
    Same { file: String, text: String },
    /// Fills in every pair of a workbook with a word.
    Answer { file: String, word: String },
    /// Expects the next command to end so.
    Exit(i32),
    /// Calls the program with these words.
    Command(Vec<String>),
    /// Expects these lines in what the last command printed.
    Shows(Vec<String>),
}

/// The steps of a page, each with its line.
pub(crate) struct Page {
    pub(crate) steps: Vec<(usize, Step)>,
}

/// What a hidden comment says of the block after it.
enum About {
    Write(String),
    Append(String),
    Same(String),
    Skip,
}

impl Page {
    pub(crate) fn read(text: &str) -> Self {
        let mut page = Self { steps: Vec::new() };
        let mut about: Vec<About> = Vec::new();
        let mut after_command = false;
        let mut lines = text.lines().enumerate();
        while let Some((at, line)) = lines.next() {
            if let Some(comment) = hidden(line) {
                page.comment(at + 1, comment, &mut about);
            } else if let Some(language) = line.trim_start().strip_prefix("```") {
                let block: Vec<&str> = lines
                    .by_ref()
                    .map(|(_, line)| line)
                    .take_while(|line| !line.trim_start().starts_with("```"))
                    .collect();
                let skipped = about.iter().any(|about| matches!(about, About::Skip));
                match language {
                    _ if skipped => after_command = false,
                    "sh" => after_command = page.commands_of(at + 1, &block),
                    "text" if after_command => page.shows(at + 1, &block),
                    _ => page.block(at + 1, &block, &about),
                }
                about.clear();
            } else if line.starts_with('#') {
                after_command = false;
            }
        }
        page
    }

    /// How many times the program is called.
    pub(crate) fn commands(&self) -> usize {
        let calls = |(_, step): &&(usize, Step)| matches!(step, Step::Command(_));
        self.steps.iter().filter(calls).count()
    }

    fn comment(&mut self, at: usize, comment: &str, about: &mut Vec<About>) {
        let (word, rest) = comment.split_once(": ").unwrap_or((comment, ""));
        let two = |by: &str| -> (String, String) {
            let (one, other) = rest.split_once(by).unwrap_or((rest, rest));
            (one.trim().to_owned(), other.trim().to_owned())
        };
        match word {
            "begin" => {
                let (from, name) = two(" as ");
                self.steps.push((at, Step::Begin { from, name }));
            }
            "answer" => {
                let (file, word) = two(" with ");
                self.steps.push((at, Step::Answer { file, word }));
            }
            "exit" => {
                let code = rest.trim().parse().expect("an exit code");
                self.steps.push((at, Step::Exit(code)));
            }
            "write" => about.push(About::Write(rest.trim().to_owned())),
            "append" => about.push(About::Append(rest.trim().to_owned())),
            "same" => about.push(About::Same(rest.trim().to_owned())),
            "skip" => about.push(About::Skip),
            other => panic!("line {at}: what is `{other}`?"),
        }
    }

    fn commands_of(&mut self, at: usize, block: &[&str]) -> bool {
        let mut any = false;
        for (below, line) in block.iter().enumerate() {
            if let Some(call) = line
                .strip_prefix("tallyframe")
                .filter(|rest| rest.is_empty() || rest.starts_with(' '))
            {
                self.steps.push((at + 1 + below, Step::Command(words(call))));
                any = true;
            }
        }
        any
    }

    fn shows(&mut self, at: usize, block: &[&str]) {
        let lines = block.iter().map(|line| (*line).to_owned()).collect();
        self.steps.push((at, Step::Shows(lines)));
    }

    fn block(&mut self, at: usize, block: &[&str], about: &[About]) {
        let text: String = block.iter().flat_map(|line| [line, "\n"]).collect();
        for about in about {
            let text = text.clone();
            let step = match about {
                About::Write(file) => Step::Write {
                    file: file.clone(),
                    text,
                },
                About::Append(file) => Step::Append {
                    file: file.clone(),
                    text,
                },
                About::Same(file) => Step::Same {
                    file: file.clone(),
                    text,
                },
                About::Skip => continue,
            };
            self.steps.push((at, step));
        }
    }
}

fn hidden(line: &str) -> Option<&str> {
    Some(line.trim().strip_prefix("<!--")?.strip_suffix("-->")?.trim())
}

/// The words of a call as a shell parts them: quotation marks hold words together, `#` after a space ends the call.
fn words(call: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    for c in call.chars() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            '#' if !quoted && !begun => return found,
            c if c.is_whitespace() && !quoted => {
                if begun {
                    found.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    if begun {
        found.push(word);
    }
    found
}

/// Where the links and pictures of a page point to in the repository.
pub(crate) fn links(text: &str) -> Vec<String> {
    let marked = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    marked
        .map(|(target, _)| target.split('#').next().unwrap_or(target).to_owned())
        .filter(|target| !target.is_empty() && !target.contains("://"))
        .collect()
}

/// Files and folders of the repository that a page names in code, patterns apart.
pub(crate) fn places(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split('`').skip(1).step_by(2);
    code.filter(|code| {
        ["src/", "tests/", "packaging/", "samples/"]
            .iter()
            .any(|top| code.starts_with(top))
    })
    .filter(|code| !code.contains(['*', '<', ' ', '\n']))
}
