//! From words to a tree.

use super::lex::{Token, tokens};
use super::{Dialect, Expression, Name, Operator};

/// Deeper nesting is refused: the language would refuse it as well.
const MAX_DEPTH: usize = 16;
/// Longer conditions are refused: nobody could read them.
const MAX_TOKENS: usize = 1000;
const MAX_BYTES: usize = 20_000;

/// Reads a condition.
///
/// # Errors
/// Why it cannot be said in the survey language, as the end of a sentence: "it computes".
pub fn parse(text: &str, dialect: Dialect) -> Result<Expression, String> {
    if text.len() > MAX_BYTES {
        return Err("it is too long".to_owned());
    }
    let tokens = tokens(text, dialect)?;
    if tokens.len() > MAX_TOKENS {
        return Err("it is too long".to_owned());
    }
    let mut parser = Parser { rest: &tokens, depth: 0 };
    let expression = parser.any()?;
    if parser.rest.is_empty() { Ok(expression) } else { Err("it computes, or is not complete".to_owned()) }
}

/// One side of a comparison.
enum Side {
    Answer(Name),
    Size(Name),
    Value(String),
}

struct Parser<'t> {
    rest: &'t [Token],
    depth: usize,
}

impl Parser<'_> {
    fn take(&mut self, token: &Token) -> bool {
        match self.rest.split_first() {
            Some((first, rest)) if first == token => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    fn need(&mut self, token: &Token) -> Result<(), String> {
        if self.take(token) { Ok(()) } else { Err("its brackets do not match, or it computes".to_owned()) }
    }

    fn any(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.all()?];
        while self.take(&Token::Or) {
            parts.push(self.all()?);
        }
        Ok(joined(parts, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, String> {
        let mut parts = vec![self.one()?];
        while self.take(&Token::And) {
            parts.push(self.one()?);
        }
        Ok(joined(parts, Expression::All))
    }

    fn one(&mut self) -> Result<Expression, String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("it is nested too deeply".to_owned());
        }
        let one = if self.take(&Token::Not) {
            self.one().map(|part| Expression::Not(Box::new(part)))
        } else if self.take(&Token::Open) {
            let inner = self.any();
            inner.and_then(|inner| self.need(&Token::Close).map(|()| inner))
        } else {
            self.comparison()
        };
        self.depth -= 1;
        one
    }

    fn comparison(&mut self) -> Result<Expression, String> {
        if let Some(test) = self.test()? {
            return Ok(test);
        }
        let left = self.side()?;
        let Some((Token::Operator(operator), rest)) = self.rest.split_first() else {
            return Err("it computes, or is no comparison".to_owned());
        };
        self.rest = rest;
        let right = self.side()?;
        match (left, right) {
            (Side::Answer(name), Side::Value(value)) => Ok(compared(name, *operator, value)),
            (Side::Value(value), Side::Answer(name)) => Ok(compared(name, operator.turned(), value)),
            (Side::Size(name), Side::Value(value)) => Ok(Expression::Size(name, *operator, value)),
            (Side::Value(value), Side::Size(name)) => Ok(Expression::Size(name, operator.turned(), value)),
            (Side::Value(_), Side::Value(_)) => Err("it looks at no question".to_owned()),
            _ => Err("it compares two answers with each other".to_owned()),
        }
    }

    /// A function that says yes or no by itself.
    fn test(&mut self) -> Result<Option<Expression>, String> {
        let Some(Token::Function(function)) = self.rest.first() else { return Ok(None) };
        match function.as_str() {
            "selected" => {
                let name = self.argument()?;
                self.need(&Token::Comma)?;
                let Side::Value(value) = self.side()? else { return Err("it compares two answers".to_owned()) };
                self.need(&Token::Close)?;
                Ok(Some(Expression::Chosen(name, value)))
            }
            "is_empty" | "empty" => {
                let name = self.argument()?;
                self.need(&Token::Close)?;
                Ok(Some(Expression::Empty(name)))
            }
            _ => Ok(None),
        }
    }

    /// The question in `function(question`; the bracket stays open.
    fn argument(&mut self) -> Result<Name, String> {
        self.rest = self.rest.get(1..).unwrap_or_default();
        self.need(&Token::Open)?;
        match self.side()? {
            Side::Answer(name) => Ok(name),
            _ => Err("it computes".to_owned()),
        }
    }

    fn side(&mut self) -> Result<Side, String> {
        let Some((first, rest)) = self.rest.split_first() else { return Err("it is not complete".to_owned()) };
        let side = match first {
            Token::Name(name) => Side::Answer(name.clone()),
            Token::Text(text) => Side::Value(text.clone()),
            Token::Number(number) => Side::Value(number.clone()),
            Token::Function(function) => match function.as_str() {
                "count-selected" | "string-length" | "strlen" | "count" => return self.size(),
                other => return Err(format!("`{other}` has no counterpart")),
            },
            _ => return Err("it is no comparison".to_owned()),
        };
        self.rest = rest;
        Ok(side)
    }

    fn size(&mut self) -> Result<Side, String> {
        let name = self.argument()?;
        self.need(&Token::Close)?;
        Ok(Side::Size(name))
    }
}

/// Parts of the same kind lie beside each other, not in each other.
fn joined(parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    match <[_; 1]>::try_from(parts) {
        Ok([one]) => one,
        Err(parts) => join(parts),
    }
}

fn compared(name: Name, operator: Operator, value: String) -> Expression {
    match operator {
        Operator::Is if value.is_empty() => Expression::Empty(name),
        Operator::IsNot if value.is_empty() => Expression::Not(Box::new(Expression::Empty(name))),
        _ => Expression::Compare(name, operator, value),
    }
}
