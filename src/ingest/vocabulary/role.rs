//! What a column of a table, or a labelled value above it, holds.

macro_rules! roles {
    ($($name:ident = $key:literal, $doc:literal;)+) => {
        /// What a column or a labelled value holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $(#[doc = $doc] $name,)+
        }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Role] = &[$(Role::$name,)+];

            /// The field key, as project files write it.
            pub fn key(self) -> &'static str {
                match self { $(Role::$name => $key,)+ }
            }
        }
    };
}

roles! {
    RowNo = "row_no", "Running number of the row.";
    FullName = "full_name", "Whole name of a person.";
    Surname = "surname", "Surname.";
    GivenName = "given_name", "Given name.";
    MiddleName = "middle_name", "Middle name: a second given name, or a patronymic where its ending says so.";
    Patronymic = "patronymic", "Patronymic or father's name.";
    BirthDate = "birth_date", "Date of birth.";
    BirthYear = "birth_year", "Year of birth.";
    BirthMonth = "birth_month", "Month of birth.";
    BirthDay = "birth_day", "Day of the month of birth.";
    Age = "age", "Age in years as written.";
    AgeGroup = "age_group", "Age band as written.";
    Sex = "sex", "Sex.";
    Phone = "phone", "Telephone.";
    Email = "email", "E-mail.";
    ClientCode = "client_code", "Code that stands for a person.";
    CaseNumber = "case_number", "Number of a case or an application.";
    IdDocument = "id_document", "Document or tax number.";
    Settlement = "settlement", "Settlement a person lives in.";
    Address = "address", "Address of a person.";
    Street = "street", "Street of an address.";
    HouseNumber = "house_number", "House, building or flat of an address.";
    Postcode = "postcode", "Postcode of an address.";
    Hromada = "hromada", "Community or municipality.";
    Raion = "raion", "District.";
    Oblast = "oblast", "Region.";
    Place = "place", "Where a session was held.";
    Category = "category", "Categories of a person, often several in a cell.";
    Idp = "idp", "Whether a person is displaced.";
    Disability = "disability", "Whether a person has a disability.";
    Consent = "consent", "Consent to data processing.";
    Signature = "signature", "Signature.";
    SessionDate = "session_date", "Date of a session.";
    SessionTime = "session_time", "Time of a session.";
    Event = "event", "Name of an event or activity.";
    Topic = "topic", "Topic of a session.";
    Group = "group", "Group of participants.";
    Service = "service", "Kind of service.";
    Activity = "activity", "Activity, in title lines.";
    Period = "period", "Month or period a table covers, in title lines.";
    Facilitator = "facilitator", "Who held a session.";
    EventNumber = "event_number", "Number of an event in its log.";
    SignedList = "signed_list", "Whether an event has a signed list.";
    AttendedFlag = "attended_flag", "Whether the person of the row came.";
    SessionsAttended = "sessions_attended", "Numbers of the sessions attended, in one cell.";
    NewOrRepeat = "new_or_repeat", "Whether a person is new, as written.";
    CountTotal = "count_total", "Head-count of all.";
    CountFemale = "count_female", "Head-count of women and girls.";
    CountMale = "count_male", "Head-count of men and boys.";
    CountWomen = "count_women", "Head-count of adult women.";
    CountMen = "count_men", "Head-count of adult men.";
    CountGirls = "count_girls", "Head-count of girls.";
    CountBoys = "count_boys", "Head-count of boys.";
    CountChildren = "count_children", "Head-count of children of whom the sex is not said.";
    CountOther = "count_other", "Head-count of others of whom the sex is not said.";
    Household = "household", "Key of a household.";
    HouseholdSize = "household_size", "Number of persons in a household.";
    ChildrenCount = "children_count", "Number of children of a person.";
    Relation = "relation", "Relation to the person who answers.";
    CheckIn = "check_in", "First day of a stay.";
    CheckOut = "check_out", "Day a stay ended.";
    CaseOpened = "case_opened", "Day a case was opened.";
    CaseClosed = "case_closed", "Day a case was closed.";
    RegistrationDate = "registration_date", "Day of registration or application.";
    Duration = "duration", "Length of a session.";
    Mode = "mode", "How a service was given (online, in person).";
    Organisation = "organisation", "Organisation of a person.";
    Position = "position", "Position of a person.";
    Experience = "experience", "Years of experience.";
    Score = "score", "Result of a test.";
    ScoreBefore = "score_before", "Result of the test before.";
    ScoreAfter = "score_after", "Result of the test after.";
    Amount = "amount", "Sum of money.";
    Status = "status", "State of an application or case.";
    Notes = "notes", "Remarks.";
    DerivedTotal = "derived_total", "Somebody's own sum over the row.";
    FormIndex = "form_index", "Form export: number of the row in its table.";
    FormParent = "form_parent", "Form export: number of the row that this one belongs to.";
    FormParentTable = "form_parent_table", "Form export: table of the row that this one belongs to.";
    FormRoot = "form_root", "Form export: what all versions of a form share.";
    FormInstance = "form_instance", "Form export: this version of a form.";
    FormSubmitted = "form_submitted", "Form export: when the form was sent.";
    FormStatus = "form_status", "Form export: whether the form was approved.";
    FormStart = "form_start", "Form export: when filling in began.";
    FormDay = "form_day", "Form export: day on which the form was filled in.";
    FormDevice = "form_device", "Form export: device it was filled in on.";
    FormMeta = "form_meta", "Form export: what the server adds and nobody counts.";
    DecisionFile = "decision_file", "Decision table: file of a record.";
    DecisionSheet = "decision_sheet", "Decision table: sheet of a record.";
    DecisionRow = "decision_row", "Decision table: row of a record.";
    DecisionColumn = "decision_column", "Decision table: column of a record.";
    DecisionName = "decision_name", "Decision table: name as written in a record.";
    DecisionVerdict = "decision_verdict", "Decision table: same or different.";
    DecisionBy = "decision_by", "Decision table: who decided.";
    DecisionDate = "decision_date", "Decision table: when.";
    DecisionReason = "decision_reason", "Decision table: why.";
}

impl Role {
    /// The role of a field key.
    pub fn from_key(key: &str) -> Option<Role> {
        Role::ALL.iter().copied().find(|role| role.key() == key)
    }
}
