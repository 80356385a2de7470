//! Forms that may hold a file: `multipart/form-data` beside what browsers usually send.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

/// No register or survey of ours is larger: some 80,000 people.
pub const LARGEST_UPLOAD: usize = 8 * 1024 * 1024;

/// The fields of a form, in its order; none where it cannot be read.
#[derive(Debug, Default)]
pub struct Posted(Vec<(String, Bytes)>);

impl Posted {
    /// Reads a form by its `Content-Type`.
    pub async fn read(headers: &HeaderMap, body: Bytes) -> Self {
        if let Some(boundary) = boundary(headers) {
            return Self(multipart(body, boundary).await.unwrap_or_default());
        }
        let fields = form_urlencoded::parse(&body).into_owned();
        Self(fields.map(|(name, value)| (name, Bytes::from(value))).collect())
    }

    /// The bytes of the first field of that name; nothing where there is none, or where it is empty.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&Bytes> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value).filter(|value| !value.is_empty())
    }

    /// All texts of that name, in the form's order.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| std::str::from_utf8(value).unwrap_or_default())
    }

    /// The same as text; empty where it is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.bytes(name).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// Whether a form may hold a file.
#[must_use]
pub fn is_upload(headers: &HeaderMap) -> bool {
    boundary(headers).is_some()
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    multer::parse_boundary(headers.get(CONTENT_TYPE)?.to_str().ok()?).ok()
}

async fn multipart(body: Bytes, boundary: String) -> multer::Result<Vec<(String, Bytes)>> {
    let body = futures_util::stream::once(async { Ok::<Bytes, Infallible>(body) });
    let mut form = multer::Multipart::new(body, boundary);
    let mut fields = Vec::new();
    while let Some(field) = form.next_field().await? {
        let name = field.name().unwrap_or_default().to_owned();
        fields.push((name, field.bytes().await?));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn posted(kind: &'static str, body: &'static str) -> Posted {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, axum::http::HeaderValue::from_static(kind));
        Posted::read(&headers, Bytes::from_static(body.as_bytes())).await
    }

    #[tokio::test]
    async fn both_kinds_of_forms_are_read() {
        let plain = posted("application/x-www-form-urlencoded", "csrf=a&name=%C3%A6").await;
        assert_eq!((plain.text("csrf"), plain.text("name")), ("a", "æ"));
        let body = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\na\r\n--x\r\n\
                    Content-Disposition: form-data; name=\"file\"; filename=\"p.csv\"\r\n\r\n1,2\r\n--x--\r\n";
        let upload = posted("multipart/form-data; boundary=x", body).await;
        assert_eq!((upload.text("csrf"), upload.text("file")), ("a", "1,2"));
        let broken = posted("multipart/form-data; boundary=x", "--x\r\nnonsense").await;
        assert_eq!(broken.text("csrf"), "", "what cannot be read carries no token");
    }
}
