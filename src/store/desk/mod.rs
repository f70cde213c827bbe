//! What the desk keeps beside incidents: words begun, who looks, named views, what can be taken back; and its list.

pub mod drafts;
pub mod list;
pub mod looks;
pub mod undo;
pub mod views;

use super::db::Sql;

pub(super) const STATEMENTS: &[&[Sql]] =
    &[drafts::STATEMENTS, list::STATEMENTS, looks::STATEMENTS, undo::STATEMENTS, views::STATEMENTS];
