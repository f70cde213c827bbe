//! Lists that a person of the staff gave a name.

use std::sync::Arc;

use crate::respond::Respond;
use crate::store::Result;
use crate::store::desk::views::{self, View};

impl Respond {
    /// The named lists of a person: names and queries.
    pub async fn views_of(&self, person: &str) -> Result<Vec<(String, String)>> {
        let mut tx = self.db.read().await?;
        Ok(views::of_person(&mut tx, person).await?.into_iter().map(|view| (view.name, view.query)).collect())
    }

    /// Gives a list a name; a name that is taken leads to the new list. False when the person has 50 others.
    pub async fn keep_view(&self, person: &str, (name, query): (&str, &str)) -> Result<bool> {
        let (room, person) = (self.room(), person.to_owned());
        let view = View { name: name.to_owned(), query: query.to_owned() };
        self.writer
            .act(move |tx| {
                let (room, person, view) = (Arc::clone(&room), person.clone(), view.clone());
                Box::pin(async move { views::keep(tx, &person, (&view, room.now())).await })
            })
            .await
    }

    /// Takes a name away; the cases stay.
    pub async fn drop_view(&self, person: &str, name: &str) -> Result<()> {
        let (person, name) = (person.to_owned(), name.to_owned());
        self.writer
            .act(move |tx| {
                let (person, name) = (person.clone(), name.clone());
                Box::pin(async move { views::drop(tx, &person, &name).await })
            })
            .await
    }
}
