//! From letters to words.

use super::{Dialect, Name, Operator};

/// One word of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Name(Name),
    Text(String),
    Number(String),
    /// A function's name.
    Function(String),
    Operator(Operator),
    Open,
    Close,
    Comma,
    And,
    Or,
    Not,
}

/// All words, or why that cannot be.
pub(super) fn tokens(text: &str, dialect: Dialect) -> Result<Vec<Token>, String> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let (token, after) = next(rest, dialect)?;
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn next(text: &str, dialect: Dialect) -> Result<(Token, &str), String> {
    if let Some((token, rest)) = sign(text, dialect) {
        return Ok((token, rest));
    }
    if let Some(rest) = text.strip_prefix("${") {
        let (name, rest) = rest.split_once('}').ok_or("a `${` is not closed")?;
        return Ok((Token::Name(Name { name: name.trim().to_owned(), empty_if_hidden: true }), rest));
    }
    let mut chars = text.chars();
    match chars.next().unwrap_or_default() {
        quote @ ('\'' | '"' | '‘' | '’' | '“' | '”') => quoted(chars.as_str(), quote),
        c if c.is_ascii_digit() || (c == '-' && chars.as_str().starts_with(|c: char| c.is_ascii_digit())) => {
            Ok(number(text, dialect))
        }
        '.' if dialect == Dialect::XlsForm => {
            Ok((Token::Name(Name { name: ".".to_owned(), empty_if_hidden: true }), chars.as_str()))
        }
        c if c.is_alphabetic() || c == '_' => Ok(word(text, dialect)),
        '+' | '-' | '*' | '/' => Err("it computes".to_owned()),
        c => Err(format!("`{c}` has no counterpart")),
    }
}

fn sign(text: &str, dialect: Dialect) -> Option<(Token, &str)> {
    use Operator::{AtLeast, AtMost, Is, IsNot, Less, More};
    let is = if dialect == Dialect::XlsForm { "=" } else { "==" };
    let signs = [
        ("!=", Token::Operator(IsNot)),
        ("<=", Token::Operator(AtMost)),
        (">=", Token::Operator(AtLeast)),
        (is, Token::Operator(Is)),
        ("<", Token::Operator(Less)),
        (">", Token::Operator(More)),
        ("&&", Token::And),
        ("||", Token::Or),
        ("!", Token::Not),
        ("(", Token::Open),
        (")", Token::Close),
        (",", Token::Comma),
    ];
    signs.into_iter().find_map(|(sign, token)| Some((token, text.strip_prefix(sign)?)))
}

/// Spreadsheets turn straight quotes into curly ones.
fn quoted(rest: &str, open: char) -> Result<(Token, &str), String> {
    let close: &[char] = match open {
        '‘' | '’' => &['‘', '’'],
        '“' | '”' => &['“', '”'],
        '"' => &['"'],
        _ => &['\''],
    };
    let (text, rest) = rest.split_once(close).ok_or("a quotation mark is not closed")?;
    Ok((Token::Text(text.to_owned()), rest))
}

/// A number; in LimeSurvey a name may begin with one (`123X4X5`).
fn number(text: &str, dialect: Dialect) -> (Token, &str) {
    let digits = |c: char| c.is_ascii_digit() || c == '.';
    let sign = usize::from(text.starts_with('-'));
    let end = sign + text[sign..].find(|c| !digits(c)).unwrap_or(text.len() - sign);
    let (number, rest) = text.split_at(end);
    if dialect == Dialect::LimeSurvey && rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return word(text, dialect);
    }
    (Token::Number(number.to_owned()), rest)
}

fn word(text: &str, dialect: Dialect) -> (Token, &str) {
    let part =
        |c: char| c.is_alphanumeric() || c == '_' || if dialect == Dialect::XlsForm { c == '-' } else { c == '.' };
    let (word, rest) = text.split_at(text.find(|c| !part(c)).unwrap_or(text.len()));
    let operator = match word.to_ascii_lowercase().as_str() {
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        "eq" => Token::Operator(Operator::Is),
        "ne" => Token::Operator(Operator::IsNot),
        "lt" => Token::Operator(Operator::Less),
        "le" => Token::Operator(Operator::AtMost),
        "gt" => Token::Operator(Operator::More),
        "ge" => Token::Operator(Operator::AtLeast),
        _ if dialect == Dialect::LimeSurvey && !rest.trim_start().starts_with('(') => name(word),
        _ => Token::Function(word.to_ascii_lowercase()),
    };
    (operator, rest)
}

/// `q`, `q.NAOK`, `q.value`; another ending (`q.shown`) stays part of the name, which then means nothing here.
fn name(word: &str) -> Token {
    let (name, ending) = word.split_once('.').unwrap_or((word, ""));
    let (name, empty_if_hidden) = match ending.to_ascii_lowercase().as_str() {
        "naok" => (name, true),
        "" | "code" | "value" => (name, false),
        _ => (word, false),
    };
    Token::Name(Name { name: name.to_owned(), empty_if_hidden })
}
