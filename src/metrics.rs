//! Metrics on a loopback listener of their own (LOG-04): Prometheus text at `/metrics`.

use std::sync::OnceLock;

use axum::Router;
use axum::routing::get;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;

use crate::web::door::Door;

/// The recorder of the process; several houses in one process (tests) share it.
pub fn handle() -> Option<PrometheusHandle> {
    static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    HANDLE.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).clone()
}

/// Serves the metrics until the door's stop signal.
pub async fn serve(listener: TcpListener, handle: PrometheusHandle, door: Door) {
    let router = Router::new().route("/metrics", get(move || std::future::ready(handle.render())));
    door.serve(listener, router).await;
}
