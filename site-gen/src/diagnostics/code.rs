//! The kinds of diagnostics, each with a stable name: for tools, and for the manual, which explains each.

use std::fmt;

/// Generates the closed list, so that no kind can lack a name or be missing from [`DiagnosticCode::ALL`].
macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident = $name:literal,)*) => {
        /// The kind of a diagnostic. The names are Danish, since editors read them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DiagnosticCode {
            $($(#[$doc])* $code,)*
        }

        impl DiagnosticCode {
            /// All kinds, in the order of the manual.
            pub const ALL: &[Self] = &[$(Self::$code,)*];

            /// The name, as in `--json` and in the manual.
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
    /// A required file is missing.
    MissingFile = "fil-mangler",
    /// An unreadable file or folder.
    UnreadableFile = "fil-kan-ikke-aabnes",
    /// A file that is not UTF-8.
    NotUtf8 = "ikke-utf8",
    /// A file that nothing uses.
    UnusedFile = "fil-uden-brug",
    /// A file or a folder whose name cannot be part of an address.
    FileName = "forkert-filnavn",
    /// An empty file.
    EmptyFile = "tom-fil",
    /// A page whose address is taken.
    TakenAddress = "optaget-adresse",

    // Front matter, and YAML as a whole.
    /// The `---` lines are missing or misplaced.
    FrontMatter = "front-matter-mangler",
    /// A line that is not valid YAML.
    UnreadableLine = "linje-kan-ikke-laeses",
    /// A duplicate key, line or part.
    Twice = "to-gange",
    /// An unknown key.
    UnknownKey = "ukendt-navn",
    /// A required key is missing.
    MissingKey = "oplysning-mangler",
    /// A key without a value.
    EmptyValue = "tom-vaerdi",
    /// A value of the wrong type, such as a text instead of a list.
    WrongShape = "forkert-opstilling",
    /// An invalid value.
    WrongValue = "forkert-vaerdi",
    /// A word that is not among the choices.
    UnknownChoice = "ukendt-valg",
    /// An invalid number, or one that is too small or too large.
    BadNumber = "forkert-tal",
    /// An invalid date.
    BadDate = "forkert-dato",
    /// Times of day that are invalid, do not exist on that day, or are in the wrong order.
    BadTime = "forkert-tid",
    /// An invalid e-mail address.
    BadEmail = "forkert-email",
    /// A reference to a page that does not exist.
    UnknownPage = "ukendt-side",
    /// One code used for two things.
    SameCode = "samme-kode",

    // Texts.
    /// HTML in Markdown.
    RawHtml = "html",
    /// A heading in a text that is included in other pages.
    HeadingRefused = "overskrift-ikke-her",
    /// A heading as large as the page's title.
    HeadingTooLarge = "overskrift-for-stor",
    /// A heading that skips a level.
    HeadingSkips = "overskrift-springer-over",
    /// A heading without text.
    HeadingEmpty = "overskrift-tom",
    /// A line that was meant as a heading but is not, or the reverse.
    BadHeading = "forkert-overskrift",
    /// A line that was meant as a list item but is not.
    BadList = "forkert-liste",
    /// A table whose rows do not match its columns, or that is not parsed as one.
    BadTable = "forkert-tabel",
    /// Emphasis marks that are shown literally.
    BadEmphasis = "forkert-fremhaevning",
    /// Markup of other programs that is shown literally.
    ForeignMarkdown = "tegn-uden-virkning",
    /// A text that is rendered as code.
    Code = "vist-som-kode",
    /// A line that is parsed as a link reference definition and not shown.
    VanishingText = "tekst-forsvinder",
    /// Markdown in a plain text, where it is shown literally.
    MarkdownInPlainText = "markdown-i-ren-tekst",
    /// An unknown placeholder, which is not replaced.
    UnknownPlaceholder = "ukendt-ord-i-parentes",
    /// A placeholder of a text where it cannot be included.
    MisplacedText = "tekst-paa-forkert-sted",
    /// A required placeholder is missing.
    MissingPlaceholder = "ord-i-parentes-mangler",

    /// A text that is hard to read.
    HardToRead = "svaer-at-laese",
    /// A page whose review is overdue.
    ReviewPast = "gennemgang-overskredet",

    // Links.
    /// A malformed link, or one with a forbidden target.
    BadLink = "forkert-link",
    /// A link whose text does not describe its target.
    VagueLink = "linkets-ord-siger-intet",
    /// A bare address in running text.
    BareAddress = "adresse-uden-link",
    /// A link to a page that does not exist.
    DeadLink = "doedt-link",
    /// A link to a heading that does not exist.
    DeadAnchor = "link-til-ukendt-overskrift",
    /// A link to a page in the wrong language.
    LinkLanguage = "link-til-forkert-sprog",
    /// A link to a page that is not published now, or not as long as the link is.
    UnpublishedPage = "link-til-side-der-ikke-vises",

    // Time.
    /// A page that ends before it begins.
    PageNeverShown = "side-vises-aldrig",
    /// A time limit or draft mark on a page that must always be published.
    AlwaysThere = "skal-altid-vaere-der",

    // Texts and pages that kredse share.
    /// A text of a kreds that replaces nothing.
    ReplacesNothing = "egen-tekst-erstatter-intet",
    /// A text that no kreds may replace.
    SameForAll = "tekst-skal-vaere-ens",
    /// A text that no page shows.
    UnusedText = "tekst-uden-brug",
    /// A kreds's own text whose shared text has changed since they were compared.
    OwnTextOutdated = "egen-tekst-foraeldet",
    /// A kreds's own text that has not been compared with the shared one.
    OwnTextNotCompared = "egen-tekst-ikke-sammenlignet",
    // Images.
    /// A reference to an image that does not exist.
    MissingImage = "billede-mangler",
    /// A malformed image reference.
    BadImageLink = "forkert-billedlink",
    /// An image without alternative text.
    ImageWithoutText = "billede-uden-tekst",
    /// A file that is not an image, or in an unsupported format.
    ImageType = "forkert-billedtype",
    /// An image with too many bytes or pixels.
    ImageTooLarge = "billede-for-stort",
    /// A damaged image.
    ImageDamaged = "billede-i-stykker",
    /// An image that is published differently from how it was saved.
    AlteredImage = "billede-bliver-anderledes",
    /// An image in a text that is included in other pages.
    ImageRefused = "billede-ikke-her",
    /// An image that no text shows.
    UnusedImage = "billede-uden-brug",

    // Telephone numbers.
    /// A telephone number that is not on the list of approved ones.
    UnapprovedNumber = "telefonnummer-ikke-godkendt",
    /// An invalid line of that list, or one without an owner or a source.
    BadNumberLine = "forkert-telefonnummer",
    /// A number, deadline, mail domain or reservation that differs from the approved one.
    Unapproved = "loefte-ikke-godkendt",

    // Kredse.
    /// An unknown kreds.
    UnknownKreds = "ukendt-kreds",
    /// An unknown form.
    UnknownForm = "ukendt-formular",
    /// A kreds without a mailbox for a form.
    MissingMailbox = "postkasse-mangler",
    /// A second mailbox that equals the first.
    SameMailbox = "samme-postkasse",
    /// A deadline with no promise, or with two.
    Deadline = "forkert-frist",
    /// A text that promises when the police call or come.
    PromisedTime = "loefte-om-tid",
    /// A message that ends before it begins.
    NeverShown = "driftsbesked-vises-aldrig",
    /// A stop that ends before it may be shown.
    StopNeverShown = "stop-vises-aldrig",

    // Places.
    /// A first line of a CSV table that does not name its columns.
    TableHeader = "forkert-foerste-linje",
    /// A line of a CSV table with too many or too few fields.
    TableFields = "forkert-antal-felter",
    /// An unknown kommune.
    UnknownKommune = "ukendt-kommune",
    /// A kreds or postcode without a kommune.
    MissingKommune = "kommune-mangler",
    /// Unreadable outlines, or an unreadable map of them.
    UnreadableMap = "kort-kan-ikke-laeses",
    /// An invalid outline, or one outside Denmark.
    BadOutline = "forkert-omrids",
    /// A kreds without an outline.
    MissingOutline = "omrids-mangler",
    /// A map that was drawn from other outlines.
    OutdatedMap = "kort-foraeldet",

    // Figures.
    /// A number that must be hidden, or from which a hidden one can be derived.
    FigureRevealed = "skjult-tal-kan-regnes-ud",

    // Forms.
    /// A form without a required field.
    MissingField = "felt-mangler",
    /// An invalid field name.
    FieldName = "forkert-feltnavn",
    /// A role that too many or too few fields have, or that does not fit its field.
    Role = "forkert-rolle",
    /// A list with too few choices.
    TooFewChoices = "for-faa-valg",
    /// Two answers that read alike, so that nobody can tell them apart.
    SameAnswer = "samme-svar",
    /// Two questions that read alike.
    SameQuestion = "samme-spoergsmaal",
    /// A section without questions.
    EmptySection = "tomt-afsnit",
    /// A field that must not be optional.
    NeverOptional = "ikke-frivilligt",
    /// A question about the citizen without a reason.
    MissingReason = "begrundelse-mangler",
    /// Advice on something that is not a topic.
    StrayAdvice = "raad-hoerer-ikke-til",
    /// A follow-up question that is never asked.
    NeverAsked = "felt-ingen-kan-udfylde",
    /// Two identical error texts.
    SameErrorText = "samme-fejltekst",
    /// No signpost leads to 112, 114 or the kommune.
    MissingSignpost = "udgang-mangler",

    // Translations.
    /// A Danish file without a translation.
    MissingTranslation = "oversaettelse-mangler",
    /// A translation of a file that does not exist or is not translated.
    StrayTranslation = "oversaettelse-uden-dansk",
    /// An unknown language.
    UnknownLanguage = "ukendt-sprog",
    /// An untranslated part of a file.
    MissingPart = "del-mangler",
    /// A part of a translation that is not in its Danish file.
    StrayPart = "del-for-meget",
    /// A part in a different order than in the Danish file.
    PartOrder = "forkert-raekkefoelge",
    /// A translation whose Danish file has changed since they were compared.
    Outdated = "oversaettelse-foraeldet",
    /// A translation that has not been compared with its Danish file.
    NotCompared = "oversaettelse-ikke-sammenlignet",
    /// An invalid line about a comparison, or one about no translation.
    BadBasis = "forkert-grundlag",

    // UI messages and lists of words.
    /// A missing UI message.
    MissingWord = "fast-ord-mangler",
    /// An unusable list of code words.
    CodeWords = "forkert-kodeord",
    /// Two code words that could be confused on the telephone.
    CloseCodeWords = "kodeord-ligner-hinanden",
    /// An invalid danger rule.
    DangerRule = "forkert-fareregel",
    /// A danger rule and an example sentence that do not match.
    DangerSentence = "fareregel-passer-ikke",

    /// An error in the program.
    Program = "fejl-i-programmet",
}

impl fmt::Display for DiagnosticCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
