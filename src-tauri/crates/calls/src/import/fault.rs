/// Why an export is not brought in. Nothing of it is kept then.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportFault {
    /// It is another kind of file.
    #[error("it is no call that Cueline exported as JSON")]
    NotAnExport,
    /// It is of a version that lacks what an import needs.
    #[error("it was exported by an older Cueline, which left out what is needed to bring a call in")]
    Older,
    /// It is of a version that is not known here.
    #[error("it was exported by a newer Cueline")]
    Newer,
    /// It ends too early, or can't be read as an export in one place.
    #[error("it is damaged at line {line}, column {column}: {reason}")]
    Damaged {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong there.
        reason: &'static str,
    },
    /// What is in it does not fit its digest.
    #[error("it was changed after it was exported: its contents don't fit its digest")]
    Changed,
    /// The call had not ended.
    #[error("the call was still running when it was exported")]
    Unended,
    /// The ledger in it is not as it was written.
    #[error("the ledger of the call in it is broken: entry {first} is not as it was written")]
    Ledger {
        /// The first such entry, counted from 1.
        first: u32,
    },
    /// A value in it is none that a call can have.
    #[error("it holds what no call has: {what}")]
    Strange {
        /// What, and where.
        what: String,
    },
    /// Figures that must not be stored stand where they can't be masked.
    #[error(
        "it holds figures that must not be stored, in {place}, where masking them would break what proves the call"
    )]
    Figures {
        /// Where.
        place: &'static str,
    },
    /// The recording beside it can't be taken.
    #[error("its recording can't be taken: {reason}")]
    Recording {
        /// What is wrong with it.
        reason: String,
    },
    /// The call was here and was deleted.
    #[error("the call {call} was deleted here by {by} on {day}, and what was deleted stays deleted")]
    Deleted {
        /// The call's id.
        call: String,
        /// Who deleted it.
        by: String,
        /// When: a day, in UTC.
        day: String,
    },
    /// Another call of the same id is here, or an older state of it.
    #[error("the call {call} is here already, and the one in the file differs from it")]
    Differs {
        /// The call's id.
        call: String,
    },
}

impl ImportFault {
    /// A stable name for scripts, notices and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnExport => "import_no_export",
            Self::Older => "import_older",
            Self::Newer => "import_newer",
            Self::Damaged { .. } => "import_damaged",
            Self::Changed => "import_changed",
            Self::Unended => "import_unended",
            Self::Ledger { .. } => "import_ledger",
            Self::Strange { .. } => "import_strange",
            Self::Figures { .. } => "import_figures",
            Self::Recording { .. } => "import_recording",
            Self::Deleted { .. } => "import_deleted",
            Self::Differs { .. } => "import_differs",
        }
    }

    /// The remedy, in one sentence.
    pub fn what_to_do(&self) -> &'static str {
        match self {
            Self::NotAnExport => "Choose the .json file of an export; CSV, HTML and PDF can't be brought in.",
            Self::Older => "Export the call again with this version of Cueline.",
            Self::Newer => "Update Cueline on this machine.",
            Self::Damaged { .. } | Self::Strange { .. } => "Copy the file again, or export the call again.",
            Self::Changed | Self::Ledger { .. } => {
                "Get the file again from whoever exported it; nothing of it was kept."
            }
            Self::Unended => "End the call and export it again.",
            Self::Figures { .. } => "Leave this call where it was made; nothing of it was kept.",
            Self::Recording { .. } => {
                "Put the .wav file of the same name beside it, or export the call again without its recording."
            }
            Self::Deleted { .. } => "Ask whoever deleted it; the export can still be read as it is.",
            Self::Differs { .. } => "Compare the two; the one here was left as it is.",
        }
    }
}
