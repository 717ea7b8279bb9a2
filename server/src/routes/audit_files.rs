//! Reading a form that carries a file for an audit request: the note is kept even when the file is refused.

use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use domain::Mistake;
use service::registers::files::{LARGEST_MB, Upload};

/// What was sent.
pub struct Sent {
    /// The note beside the file.
    pub note: String,
    /// The file, or what is wrong with it.
    pub file: Result<Upload, Mistake>,
}

/// Reads the form.
pub async fn received(form: Result<Multipart, MultipartRejection>) -> Sent {
    let mut sent = Sent { note: String::new(), file: Err(Mistake::new("file", "file-missing")) };
    let Ok(form) = form else {
        sent.file = Err(Mistake::new("", "form"));
        return sent;
    };
    if let Err(mistake) = read(form, &mut sent).await {
        sent.file = Err(mistake);
    }
    sent
}

async fn read(mut form: Multipart, sent: &mut Sent) -> Result<(), Mistake> {
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        match field.name().unwrap_or_default() {
            "file_note" => sent.note = field.text().await.map_err(too_large)?,
            "file" => {
                let name: String = field.file_name().unwrap_or_default().chars().take(200).collect();
                let bytes = field.bytes().await.map_err(too_large)?.to_vec();
                if !name.is_empty() || !bytes.is_empty() {
                    sent.file = Ok(Upload { name, bytes });
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn too_large(e: MultipartError) -> Mistake {
    match e.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Mistake::with("file", "file-large", format!("{LARGEST_MB} MB")),
        _ => Mistake::new("", "form"),
    }
}
