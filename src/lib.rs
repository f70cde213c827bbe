//! Holdfast: an account-security incident responder for providers of digital wallets and accounts.
//!
//! Alerts from machines and reports from frightened people are scored against playbooks. What is a security incident jumps
//! the support queue; the person gets the steps that protect what is left in the same answer.
//!
//! The house has floors, and a file uses its own floor and those below (`tests/it/floors.rs` holds it to that). From the
//! ground up:
//!
//! 0. *Words* – [`id`], [`time`], [`draw`], [`text`], [`phrase`], [`signal`], [`attachment`], [`catalogue`]: what people write and add,
//!    what must be taken out of it before anything is kept, the one closed vocabulary of observations, and how our own
//!    texts are read from their files.
//! 1. *Judgement* – [`transfer`], [`playbook`], [`scoring`]: signs become odds, odds and value become a level and a head start.
//! 2. *Case* – [`incident`], [`attention`], [`queue`], [`guidance`], [`containment`], [`access`], [`audit`], [`seal`]: what only rises, who stands where,
//!    which steps a person sees, what opens what, what is sealed. Floors 0 to 2 read no clock, no file, no chance.
//! 3. *Memory* – [`store`]: SQLite or PostgreSQL behind one set of functions.
//! 4. *Flow* – [`respond`]: the road walked once, in one transaction for a group, acknowledged after the commit.
//! 5. *Doors* – [`intake`] for machines, [`web`] for people and programs, [`chain`] out to nodes, [`outbox`] out to backends.
//! 6. *House* – [`app`], [`cli`], [`config`], [`tasks`], [`telemetry`], [`metrics`], [`master_key`], [`outside`].
//!
//! # Two walks
//!
//! A report: [`web::api::reports::post`] (or [`web::person::send`] for the page) reads the body,
//! [`signal::Report::read`] scrubs and searches it, [`respond::Writer::arrive`] queues it; the writer's group goes through
//! `respond::accept`, where [`scoring::assess`] judges it, [`incident::Standing`] and [`queue::place`] put it in order and
//! [`guidance::for_person`] words the steps; the commit; the answer.
//!
//! An alert: [`web::api::alerts::post`], [`intake::Endpoints::receive`] verifies the raw bytes
//! ([`intake::verify::Verifier`]) and maps them ([`intake::mapping::Mapping::apply`]); from there the same road.

pub mod access;
pub mod app;
pub mod attachment;
pub mod attention;
pub mod audit;
pub mod catalogue;
pub mod chain;
pub mod cli;
pub mod config;
pub mod containment;
pub mod draw;
pub mod guidance;
pub mod id;
pub mod incident;
pub mod intake;
pub mod master_key;
pub mod metrics;
pub mod numbers;
pub mod outbox;
pub mod outside;
pub mod phrase;
pub mod playbook;
pub mod queue;
pub mod respond;
pub mod scoring;
pub mod seal;
pub mod signal;
pub mod store;
pub mod tasks;
pub mod telemetry;
pub mod text;
pub mod time;
pub mod transfer;
pub mod web;
