//! The start of the console.

use super::frame::Section;
use super::guard::{Admin, Answer};

/// What happened lately, and what needs attention.
pub(super) async fn get(admin: Admin) -> Answer {
    let page = admin.page(Section::Overview, "Overview");
    Ok(admin.show(&page))
}
