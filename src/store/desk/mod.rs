//! What the desk keeps beside incidents: words begun, who looks, named views, what can be taken back, what a person
//! corrected; and its list.

pub mod asides;
pub mod drafts;
pub mod list;
pub mod looks;
pub mod reveals;
pub mod rulings;
pub mod undo;
pub mod views;

use super::db::Sql;

pub(super) const STATEMENTS: &[&[Sql]] = &[
    asides::STATEMENTS,
    drafts::STATEMENTS,
    list::STATEMENTS,
    looks::STATEMENTS,
    reveals::STATEMENTS,
    rulings::STATEMENTS,
    undo::STATEMENTS,
    views::STATEMENTS,
];
