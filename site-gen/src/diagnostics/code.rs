//! The kinds of problem, each with a name that does not change: for tools, and for the manual, which explains each.

use std::fmt;

/// Makes the closed list, so that no kind can lack its name or be left out of [`DiagnosticCode::ALL`].
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal,)*) => {
        /// Its kind. The names are Danish, since editors read them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DiagnosticCode {
            $($(#[$doc])* $code,)*
        }

        impl DiagnosticCode {
            /// All kinds, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// Its name, as in `--json` and in the manual.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$code => $name,)*
                }
            }
        }
    };
}

codes! {
    // Files and folders.
    /// A file that must be there is not.
    MissingFile = "fil-mangler",
    /// A file or a folder that cannot be read.
    UnreadableFile = "fil-kan-ikke-aabnes",
    /// A file that is not UTF-8.
    NotUtf8 = "ikke-utf8",
    /// A file that nothing uses.
    UnusedFile = "fil-uden-brug",
    /// A file or a folder whose name cannot be part of an address.
    FileName = "forkert-filnavn",
    /// A file with nothing in it.
    EmptyFile = "tom-fil",
    /// A page at an address that is taken.
    TakenAddress = "optaget-adresse",

    // Front matter, and YAML as a whole.
    /// The lines with `---` are not where they must be.
    FrontMatter = "front-matter-mangler",
    /// A line that is not YAML.
    UnreadableLine = "linje-kan-ikke-laeses",
    /// A name, a line or a part that is there twice.
    Twice = "to-gange",
    /// A name that is not known where it stands.
    UnknownKey = "ukendt-navn",
    /// Something that must be said is not.
    MissingKey = "oplysning-mangler",
    /// A name without a value.
    EmptyValue = "tom-vaerdi",
    /// A text where a list must be, or the like.
    WrongShape = "forkert-opstilling",
    /// A value that is not what it must be.
    WrongValue = "forkert-vaerdi",
    /// A word that is none of those to choose from.
    UnknownChoice = "ukendt-valg",
    /// A number that is none, or too small or too large.
    BadNumber = "forkert-tal",
    /// A date that is none.
    BadDate = "forkert-dato",
    /// Times of day that are none, or not on that day, or in the wrong order.
    BadTime = "forkert-tid",
    /// An e-mail address that is none.
    BadEmail = "forkert-email",
    /// A page that another file names and that is not there.
    UnknownPage = "ukendt-side",
    /// One code for two things.
    SameCode = "samme-kode",

    // Texts.
    /// HTML in Markdown.
    RawHtml = "html",
    /// A heading in a text that stands inside other pages.
    HeadingRefused = "overskrift-ikke-her",
    /// A heading as large as the page's title.
    HeadingTooLarge = "overskrift-for-stor",
    /// A heading that skips a level.
    HeadingSkips = "overskrift-springer-over",
    /// A heading without a text.
    HeadingEmpty = "overskrift-tom",
    /// A line meant as a heading that is none, or a heading that was not meant.
    BadHeading = "forkert-overskrift",
    /// A line meant as a point of a list that is none.
    BadList = "forkert-liste",
    /// A table whose rows do not fit its columns, or that is none.
    BadTable = "forkert-tabel",
    /// Signs that were to make a text bold and are shown.
    BadEmphasis = "forkert-fremhaevning",
    /// Signs that mean something to other programs and are shown.
    ForeignMarkdown = "tegn-uden-virkning",
    /// A text that is shown as the code of a program.
    Code = "vist-som-kode",
    /// A line that is taken for the address of a link and not shown.
    VanishingText = "tekst-forsvinder",
    /// Markdown in a text that is shown as it is written.
    MarkdownInPlainText = "markdown-i-ren-tekst",
    /// A word in curly brackets that is not replaced.
    UnknownPlaceholder = "ukendt-ord-i-parentes",
    /// The name of a text that is put in where it cannot stand.
    MisplacedText = "tekst-paa-forkert-sted",
    /// A word in curly brackets that must be there.
    MissingPlaceholder = "ord-i-parentes-mangler",

    /// A text that is hard to read.
    HardToRead = "svaer-at-laese",
    /// A page that was to be gone through by now.
    ReviewPast = "gennemgang-overskredet",

    // Links.
    /// A link that is not written as one, or that leads where no link may.
    BadLink = "forkert-link",
    /// A link whose words do not say where it leads.
    VagueLink = "linkets-ord-siger-intet",
    /// An address in running text that is no link.
    BareAddress = "adresse-uden-link",
    /// A link that leads to no page.
    DeadLink = "doedt-link",
    /// A link that leads to no heading of its page.
    DeadAnchor = "link-til-ukendt-overskrift",
    /// A link that leads to a page in another language than it should.
    LinkLanguage = "link-til-forkert-sprog",
    /// A link that leads to a page that citizens do not see, now or while they see the link.
    UnpublishedPage = "link-til-side-der-ikke-vises",

    // Time.
    /// A page that goes before it comes.
    PageNeverShown = "side-vises-aldrig",
    /// A time or a draft where a page must always be there.
    AlwaysThere = "skal-altid-vaere-der",

    // Texts and pages that kredse share.
    /// A text of a kreds that replaces nothing.
    ReplacesNothing = "egen-tekst-erstatter-intet",
    /// A text that no kreds may say in its own words.
    SameForAll = "tekst-skal-vaere-ens",
    /// A text that no page shows.
    UnusedText = "tekst-uden-brug",
    /// A shared text that has changed since a kreds's own was compared with it.
    OwnTextOutdated = "egen-tekst-foraeldet",
    /// A kreds's own text that has not been compared with the shared one.
    OwnTextNotCompared = "egen-tekst-ikke-sammenlignet",
    // Images.
    /// An image that is not there.
    MissingImage = "billede-mangler",
    /// An image that is not named as it must be.
    BadImageLink = "forkert-billedlink",
    /// An image without words for those who cannot see it.
    ImageWithoutText = "billede-uden-tekst",
    /// A file that is no image, or in a format that is not read.
    ImageType = "forkert-billedtype",
    /// An image with too many bytes or pixels.
    ImageTooLarge = "billede-for-stort",
    /// An image that is not whole.
    ImageDamaged = "billede-i-stykker",
    /// An image that is shown otherwise than it was saved.
    AlteredImage = "billede-bliver-anderledes",
    /// An image in a text that stands inside other pages.
    ImageRefused = "billede-ikke-her",
    /// An image that no text shows.
    UnusedImage = "billede-uden-brug",

    // Telephone numbers.
    /// A telephone number that is not on the list of approved ones.
    UnapprovedNumber = "telefonnummer-ikke-godkendt",
    /// A line of that list that is no number, or does not say whose it is or who says so.
    BadNumberLine = "forkert-telefonnummer",
    /// A number, deadline, mail domain or reservation that is not the approved one.
    Unapproved = "loefte-ikke-godkendt",

    // Kredse.
    /// A kreds that is not there.
    UnknownKreds = "ukendt-kreds",
    /// A form that is not there.
    UnknownForm = "ukendt-formular",
    /// A kreds that cannot receive a form.
    MissingMailbox = "postkasse-mangler",
    /// A second mailbox that is no other than the first.
    SameMailbox = "samme-postkasse",
    /// A deadline that promises nothing, or two things.
    Deadline = "forkert-frist",
    /// A text that promises by when the police call or come.
    PromisedTime = "loefte-om-tid",
    /// A message that ends before it begins.
    NeverShown = "driftsbesked-vises-aldrig",
    /// A stop that is over before it may be shown.
    StopNeverShown = "stop-vises-aldrig",

    // Places.
    /// A first line of a table that does not name its columns.
    TableHeader = "forkert-foerste-linje",
    /// A line of a table with too many or too few fields.
    TableFields = "forkert-antal-felter",
    /// A kommune that is not there.
    UnknownKommune = "ukendt-kommune",
    /// A kreds or a postcode that has no kommune.
    MissingKommune = "kommune-mangler",
    /// Outlines, or the map drawn after them, that cannot be read.
    UnreadableMap = "kort-kan-ikke-laeses",
    /// An outline that is none, or not in Denmark.
    BadOutline = "forkert-omrids",
    /// A kreds without an outline.
    MissingOutline = "omrids-mangler",
    /// A map that was drawn after other outlines.
    OutdatedMap = "kort-foraeldet",

    // Figures.
    /// A number that must be hidden, or by which a hidden one can be worked out.
    FigureRevealed = "skjult-tal-kan-regnes-ud",

    // Forms.
    /// A field that every form must have is not there.
    MissingField = "felt-mangler",
    /// A field that cannot have its name.
    FieldName = "forkert-feltnavn",
    /// A role that too many or too few fields have, or one that does not fit its field.
    Role = "forkert-rolle",
    /// A list with too few choices.
    TooFewChoices = "for-faa-valg",
    /// Two answers that read alike, so that nobody can choose between them.
    SameAnswer = "samme-svar",
    /// Two questions that read alike.
    SameQuestion = "samme-spoergsmaal",
    /// A group of questions without any.
    EmptySection = "tomt-afsnit",
    /// A field that nobody may leave out.
    NeverOptional = "ikke-frivilligt",
    /// A question about the citizen that does not say why.
    MissingReason = "begrundelse-mangler",
    /// Advice on what is no topic.
    StrayAdvice = "raad-hoerer-ikke-til",
    /// A follow-up question that nobody would be asked.
    NeverAsked = "felt-ingen-kan-udfylde",
    /// Two error texts that say the same.
    SameErrorText = "samme-fejltekst",
    /// Nothing leads to 112, 114 or the kommune.
    MissingSignpost = "udgang-mangler",

    // Translations.
    /// A Danish file without a translation.
    MissingTranslation = "oversaettelse-mangler",
    /// A translation of a file that is not there, or that is not to be translated.
    StrayTranslation = "oversaettelse-uden-dansk",
    /// A language that is not there.
    UnknownLanguage = "ukendt-sprog",
    /// A part of a file that is not translated.
    MissingPart = "del-mangler",
    /// A part of a translation that its Danish file does not have.
    StrayPart = "del-for-meget",
    /// A part that stands at another place than in Danish.
    PartOrder = "forkert-raekkefoelge",
    /// A Danish file that has changed since its translation was compared with it.
    Outdated = "oversaettelse-foraeldet",
    /// A translation that has not been compared with its Danish file.
    NotCompared = "oversaettelse-ikke-sammenlignet",
    /// A line about what was compared that cannot be read, or that is about no translation.
    BadBasis = "forkert-grundlag",

    // UI messages and lists of words.
    /// A fixed word that is not there.
    MissingWord = "fast-ord-mangler",
    /// A list of code words that cannot be used.
    CodeWords = "forkert-kodeord",
    /// Two code words that could be taken for each other on the telephone.
    CloseCodeWords = "kodeord-ligner-hinanden",
    /// A line of the rules about danger that cannot be used.
    DangerRule = "forkert-fareregel",
    /// A rule about danger and a sentence that do not fit together.
    DangerSentence = "fareregel-passer-ikke",

    /// A fault of the program.
    Program = "fejl-i-programmet",
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
