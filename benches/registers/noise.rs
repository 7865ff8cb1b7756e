//! How badly registers are written: every fault with its probability per mention.

/// Probabilities of faults, per mention unless said otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Noise {
    /// Name of the preset.
    pub(crate) name: &'static str,
    /// No birth date.
    pub(crate) no_birth: f64,
    /// The year of birth alone.
    pub(crate) birth_year: f64,
    /// Day and month swapped, or a digit slipped.
    pub(crate) birth_slip: f64,
    /// No phone.
    pub(crate) no_phone: f64,
    /// A child is written down with the mother's phone.
    pub(crate) shared_phone: f64,
    /// A digit of the phone is wrong.
    pub(crate) phone_slip: f64,
    /// Per person: two phones are in use.
    pub(crate) second_phone: f64,
    /// No patronymic.
    pub(crate) no_patronymic: f64,
    /// Initials in the stead of given name and patronymic.
    pub(crate) initials: f64,
    /// Latin letters.
    pub(crate) latin: f64,
    /// Russian spelling.
    pub(crate) russian: f64,
    /// Diminutive in the stead of the given name.
    pub(crate) diminutive: f64,
    /// Typing error in the surname.
    pub(crate) surname_typo: f64,
    /// Typing error in the given name.
    pub(crate) given_typo: f64,
    /// Given name before the surname.
    pub(crate) swapped: f64,
    /// Per woman: another surname after marriage.
    pub(crate) married: f64,
    /// Of a double surname only one half is written.
    pub(crate) half_surname: f64,
    /// All capitals, or none.
    pub(crate) letter_case: f64,
    /// Stray dots and spaces.
    pub(crate) stray_signs: f64,
    /// Nothing but a given name, or a surname with an initial.
    pub(crate) thin: f64,
    /// The sex is not written, where the list has a column for it.
    pub(crate) no_sex: f64,
}

impl Noise {
    /// The office is careful.
    pub(crate) const LIGHT: Noise = Noise {
        name: "light",
        no_birth: 0.10,
        birth_year: 0.02,
        birth_slip: 0.003,
        no_phone: 0.15,
        shared_phone: 0.3,
        phone_slip: 0.003,
        second_phone: 0.02,
        no_patronymic: 0.2,
        initials: 0.01,
        latin: 0.01,
        russian: 0.05,
        diminutive: 0.02,
        surname_typo: 0.01,
        given_typo: 0.005,
        swapped: 0.02,
        married: 0.003,
        half_surname: 0.1,
        letter_case: 0.02,
        stray_signs: 0.02,
        thin: 0.001,
        no_sex: 0.3,
    };

    /// The usual office.
    pub(crate) const MEDIUM: Noise = Noise {
        name: "medium",
        no_birth: 0.30,
        birth_year: 0.06,
        birth_slip: 0.01,
        no_phone: 0.40,
        shared_phone: 0.5,
        phone_slip: 0.008,
        second_phone: 0.04,
        no_patronymic: 0.45,
        initials: 0.04,
        latin: 0.05,
        russian: 0.15,
        diminutive: 0.06,
        surname_typo: 0.03,
        given_typo: 0.015,
        swapped: 0.06,
        married: 0.01,
        half_surname: 0.25,
        letter_case: 0.05,
        stray_signs: 0.05,
        thin: 0.005,
        no_sex: 0.5,
    };

    /// Whoever was there wrote what they heard.
    pub(crate) const HEAVY: Noise = Noise {
        name: "heavy",
        no_birth: 0.55,
        birth_year: 0.12,
        birth_slip: 0.02,
        no_phone: 0.65,
        shared_phone: 0.6,
        phone_slip: 0.015,
        second_phone: 0.08,
        no_patronymic: 0.65,
        initials: 0.08,
        latin: 0.10,
        russian: 0.25,
        diminutive: 0.10,
        surname_typo: 0.06,
        given_typo: 0.03,
        swapped: 0.10,
        married: 0.02,
        half_surname: 0.4,
        letter_case: 0.08,
        stray_signs: 0.10,
        thin: 0.015,
        no_sex: 0.7,
    };

    /// Every preset, the mildest first.
    pub(crate) const ALL: [Noise; 3] = [Noise::LIGHT, Noise::MEDIUM, Noise::HEAVY];

    /// The preset of a name.
    pub(crate) fn named(name: &str) -> Option<Noise> {
        Noise::ALL.into_iter().find(|noise| noise.name == name)
    }
}
