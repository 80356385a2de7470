//! One line of the API's table: a route, its rule, its words in the document, and the handler whose types say the rest.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{Extension, RawPathParams, Request, State};
use axum::http::Method;
use axum::routing::MethodFilter;

use super::document::Describing;
use super::gate::Caller;
use super::input::{Input, Raw};
use super::output::Output;
use super::problem::{Kind, Problem};
use crate::actions::campaign::{Actor, Exit};
use crate::people::permission::Permission;
use crate::web::App;
use crate::web::access::{Doors, May, Rule};

/// What can be called.
pub struct Operation {
    /// Method, path, and who may.
    pub rule: Rule,
    /// What a key needs.
    pub permission: Permission,
    /// What programs that are made from the document call it.
    pub id: &'static str,
    /// In a few words.
    pub says: &'static str,
    /// What else there is to know; may be empty.
    pub explains: &'static str,
    /// What it is refused for, beside what its types say.
    pub refuses: &'static [Kind],
    /// What the types of its handler say.
    pub(super) describe: fn(&mut Describing<'_>),
}

/// An operation without its handler.
pub struct Line {
    filter: MethodFilter,
    operation: Operation,
}

/// What looks and changes nothing.
#[must_use]
pub fn get(path: &'static str, permission: Permission, id: &'static str, says: &'static str) -> Line {
    Line::new(MethodFilter::GET, Method::GET, path, permission, id, says)
}

/// What changes something.
#[must_use]
pub fn post(path: &'static str, permission: Permission, id: &'static str, says: &'static str) -> Line {
    Line::new(MethodFilter::POST, Method::POST, path, permission, id, says)
}

impl Line {
    fn new(
        filter: MethodFilter,
        method: Method,
        path: &'static str,
        permission: Permission,
        id: &'static str,
        says: &'static str,
    ) -> Self {
        let rule = Rule { method, path, may: May::Key(permission) };
        let operation = Operation { rule, permission, id, says, explains: "", refuses: &[], describe: |_| {} };
        Self { filter, operation }
    }

    /// What else there is to know.
    #[must_use]
    pub fn explains(mut self, explains: &'static str) -> Self {
        self.operation.explains = explains;
        self
    }

    /// What it is refused for, beside what its types say.
    #[must_use]
    pub fn refuses(mut self, refuses: &'static [Kind]) -> Self {
        self.operation.refuses = refuses;
        self
    }
}

/// One call of somebody who may.
pub struct Call {
    /// What handlers share.
    pub app: Arc<App>,
    /// Whose key it is.
    pub caller: Caller,
}

impl Call {
    /// Whoever holds the key, as actions know them.
    #[must_use]
    pub fn actor(&self) -> Actor<'_> {
        let App { db, ports, links, settings, .. } = &*self.app;
        Actor { db, ports, links, exit: Exit::of(settings), who: self.caller.who() }
    }
}

/// What stands in the address, or that it is not text.
type Path = Result<RawPathParams, RawPathParamsRejection>;

impl Doors {
    /// Something that programs call: its route and its place in the document.
    #[must_use]
    pub fn call<I, O, H, F>(self, line: Line, handler: H) -> Self
    where
        I: Input + 'static,
        O: Output + 'static,
        H: Fn(Call, I) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<O, Problem>> + Send,
    {
        let Line { filter, mut operation } = line;
        operation.describe = |on| {
            I::describe(on);
            O::describe(on);
        };
        let rule = operation.rule.clone();
        let answer =
            move |State(app): State<Arc<App>>, Extension(caller): Extension<Caller>, path: Path, request: Request| {
                let handler = handler.clone();
                async move {
                    match answer(Call { app, caller }, path, request, handler).await {
                        Ok(output) => output.reply(),
                        Err(problem) => problem.reply(),
                    }
                }
            };
        self.on(filter, rule, answer).described(operation)
    }
}

async fn answer<I, O, H, F>(call: Call, path: Path, request: Request, handler: H) -> Result<O, Problem>
where
    I: Input,
    H: Fn(Call, I) -> F,
    F: Future<Output = Result<O, Problem>>,
{
    let (head, body) = request.into_parts();
    let path = path.map_err(|_| Problem::new(Kind::NotFound, "the address is not text"))?;
    // The gate has read it already.
    let body = to_bytes(body, usize::MAX).await.map_err(|error| Problem::fault(&error.into()))?;
    let raw = Raw {
        path: path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
    };
    handler(call, I::read(&raw)?).await
}
