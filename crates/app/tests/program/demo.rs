//! The demo: fills itself, says what it found, serves, and vanishes.

use crate::running_server::RunningServer;

#[test]
fn the_demo_serves_a_consultation_with_results() {
    let data = tempfile::tempdir().unwrap();
    let demo = RunningServer::start_command(
        data.path(),
        &["demo", "--participants", "150", "--listen", "127.0.0.1:0"],
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let page = async |path: &str| reqwest::get(format!("{}{path}", demo.url)).await.unwrap();
        let consultation: serde_json::Value =
            page("/api/v1/consultations/grand-dialogue").await.json().await.unwrap();
        assert_eq!(consultation["figures"]["participants"], 150);
        assert!(consultation["figures"]["proposals"].as_u64().unwrap() > 400);
        assert_eq!(consultation["audiences"].as_array().unwrap().len(), 3);
        let report: serde_json::Value =
            page("/api/v1/consultations/grand-dialogue/report").await.json().await.unwrap();
        assert!(report["input"]["ballots"].as_u64().unwrap() > 1_000);
        for path in ["/", "/c/grand-dialogue", "/c/grand-dialogue/vote", "/c/grand-dialogue/results"] {
            assert_eq!(page(path).await.status().as_u16(), 200, "{path}");
        }
    });
    assert_eq!(demo.terminate(), Some(0));
    assert_eq!(std::fs::read_dir(data.path()).unwrap().count(), 0, "the demo leaves the data folder alone");
}
