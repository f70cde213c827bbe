//! Holdfast: an account-security incident responder.

pub mod access;
pub mod app;
pub mod audit;
pub mod cli;
pub mod config;
pub mod guidance;
pub mod id;
pub mod incident;
pub mod intake;
pub mod master_key;
pub mod metrics;
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
pub mod web;
