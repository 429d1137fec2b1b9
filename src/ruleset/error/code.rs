//! The code of each error, by which `docs/errors.md` and `check --explain` know it.
//!
//! One code is one lesson: several kinds share it only where one section explains them all. A code is never given to
//! another lesson; a new one takes the next number of its group.

use super::RuleErrorKind as Rule;
use crate::syntax::SyntaxErrorKind as Syntax;

/// Any error of a rule file, whether of its text or of its meaning.
enum Any<'k> {
    Text(&'k Syntax),
    Meaning(&'k Rule),
}

use Any::{Meaning, Text};

/// Makes of one table both the list of codes and the match that the compiler keeps complete.
macro_rules! codes {
    ($($code:literal: $pattern:pat,)+) => {
        /// All codes, in their order.
        pub(super) const CODES: &[&str] = &[$($code),+];

        fn find(any: &Any<'_>) -> &'static str {
            match any {
                // Its own kind is looked up instead.
                Meaning(Rule::Syntax(error)) => find(&Text(error.kind())),
                $($pattern => $code,)+
            }
        }
    };
}

pub(super) fn of(kind: &Rule) -> &'static str {
    find(&Meaning(kind))
}

codes! {
    // Characters, words and numbers.
    "E001": Text(Syntax::WrongSymbol { .. }),
    "E002": Text(Syntax::StrayCharacter { .. }),
    "E003": Text(Syntax::UnclosedString),
    "E004": Text(Syntax::UnclosedName | Syntax::EmptyName | Syntax::UnquotedName { .. }),
    "E005": Text(Syntax::WrongEscape { .. }),
    "E006": Text(Syntax::BlockComment),
    "E007": Text(Syntax::MissingQuotes { .. }),
    "E008": Text(Syntax::ReservedWord { .. }),
    "E009": Text(Syntax::DanglingDoc | Syntax::DocNotAlone | Syntax::DocInside),
    "E010": Text(Syntax::NumberTouchesName { .. }),
    "E011": Text(Syntax::WrongNumber { .. } | Syntax::CommaInNumber),
    "E012": Text(Syntax::LoosePercent),
    "E013": Text(Syntax::WrongYear { .. }) | Meaning(Rule::UnknownPeriod(_) | Rule::RepeatedPeriod(_)),
    "E014": Text(Syntax::Figure(_)) | Meaning(Rule::NumberTooLarge),

    // The shape of a file, of a declaration and of a rule.
    "E101": Text(Syntax::UnclosedBracket { .. }),
    "E102": Text(Syntax::UnopenedBracket { .. }),
    "E103": Text(Syntax::UnclosedBlock),
    "E104": Text(Syntax::UnopenedBlock),
    "E105": Text(Syntax::UnexpectedBlock),
    "E106": Text(Syntax::MissingColon),
    "E107": Text(Syntax::MissingSeverity { .. } | Syntax::AssertionInBlock),
    "E108": Text(Syntax::AssertionAmongItems | Syntax::ItemAmongAssertions),
    "E109": Text(Syntax::LateGuard),
    "E110": Text(Syntax::UnknownItem { .. }),
    "E111": Text(Syntax::NotInBlock { .. }),
    "E112": Text(Syntax::RepeatedRuleSet | Syntax::RepeatedUnit),
    "E113": Text(Syntax::WrongUnit { .. }),
    "E114": Text(Syntax::SetNotName { .. }),
    "E115": Text(Syntax::MissingFieldColon { .. }),
    "E116": Text(Syntax::MissingKind { .. }),
    "E117": Text(Syntax::FieldInEach) | Meaning(Rule::FieldInEach),
    "E118": Text(Syntax::Unexpected { .. }),
    "E119": Text(Syntax::MissingOperand { .. }),
    "E120": Text(Syntax::SignFirst { .. }),

    // Formulas.
    "E201": Text(Syntax::MissingOperator { .. }),
    "E202": Text(Syntax::BlankInPath { .. }),
    "E203": Text(Syntax::MisplacedPathSymbol { .. }),
    "E204": Text(Syntax::BlankBeforeBracket { .. }),
    "E205": Text(Syntax::IfThen { .. }),
    "E206": Text(Syntax::MixedChain { .. } | Syntax::ChainedNotEqual),
    "E207": Text(Syntax::ChainedImplies),
    "E208": Text(Syntax::NotInside | Syntax::NotIn),
    "E209": Text(Syntax::EndsComparison { .. }),
    "E210": Text(Syntax::CoalesceLeft),
    "E211": Text(Syntax::LooseTolerance),
    "E212": Text(Syntax::ToleranceNotLiteral),
    "E213": Text(Syntax::MisplacedPriorBasis { .. }) | Meaning(Rule::BaseAlone(_) | Rule::UnknownBase),

    // Names.
    "E301": Meaning(Rule::UnknownName { .. }),
    "E302": Meaning(Rule::AmbiguousName { .. }),
    "E303": Meaning(Rule::SectionAlone { .. }),
    "E304": Meaning(Rule::UnknownKind(_)),
    "E305": Meaning(Rule::UnknownFunction(_)),
    "E306": Meaning(Rule::WrongArguments { .. }),
    "E307": Meaning(Rule::Duplicate { .. }),
    "E308": Meaning(Rule::SectionKind { .. }),
    "E309": Meaning(Rule::LookAlike { .. }),
    "E310": Meaning(Rule::ReservedRule(_)),
    "E311": Meaning(Rule::OnlyInGuards(_)),
    "E312": Meaning(Rule::UnknownSet { .. }),
    "E313": Meaning(Rule::UseCycle { .. }),

    // Kinds and units.
    "E401": Meaning(Rule::KindMismatch { .. }),
    "E402": Meaning(Rule::MeaninglessProduct { .. }),
    "E403": Meaning(Rule::NotATruth),
    "E404": Meaning(Rule::NotAFigure),
    "E405": Meaning(Rule::ListAlone),
    "E406": Meaning(Rule::WordsOrdered),
    "E407": Meaning(Rule::WordsInArithmetic),
    "E408": Meaning(Rule::ToleranceUnit),
    "E409": Meaning(Rule::PercentMeant(_)),
    "E410": Meaning(Rule::EachKind(_)),

    // Tables, waivers and tests.
    "E501": Meaning(Rule::WordsOutsideTable(_)),
    "E502": Meaning(Rule::NotATable(_)),
    "E503": Meaning(Rule::ChildrenOutside),
    "E504": Text(Syntax::MisplacedCode | Syntax::CodeNotText { .. } | Syntax::RowWithoutColumn { .. }),
    "E505": Text(Syntax::WrongBlank { .. } | Syntax::BlankNotInHead),
    "E506": Meaning(Rule::UnknownRule { .. }),
    "E507": Meaning(Rule::AmbiguousRule { .. }),
    "E508": Text(Syntax::MissingReason) | Meaning(Rule::NoReason),
    "E509": Text(Syntax::MoreThanName { .. }),
    "E510": Meaning(Rule::UnknownVerdict(_)),
    "E511": Text(Syntax::LooseExpect),
    "E512": Text(
        Syntax::JsonComment
            | Syntax::JsonTrailingComma
            | Syntax::JsonNumber { .. }
            | Syntax::JsonEscape { .. }
    ),
    "E513": Meaning(Rule::NoCodeColumn(_)),

    // Files and limits.
    "E901": Meaning(Rule::NotText),
    "E902": Meaning(Rule::CannotRead { .. }),
    "E903": Text(
        Syntax::FileTooLong
            | Syntax::RuleTooLong
            | Syntax::NestedTooDeep
            | Syntax::TooManyTerms
            | Syntax::JsonTooDeep
    ) | Meaning(Rule::TooManyRules | Rule::TooManyFiles),
    "E904": Text(Syntax::TooManyErrors),
    "E999": Text(Syntax::Internal),
}
