//! Certificates for services that speak TLS.

use std::fs;
use std::path::Path;
use std::process::Command;

/// An authority (`authority.pem`), and a certificate of this machine signed by it (`server.pem`, `server.key`).
pub(super) fn make_certificates(folder: &Path) {
    let openssl = |arguments: &str| {
        let made = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output();
        let made = made.expect("openssl makes the certificates: in Debian the package openssl");
        assert!(made.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&made.stderr));
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    openssl(&format!("req -x509 {key} -keyout authority.key -out authority.pem -days 2 -subj /CN=authority"));
    openssl(&format!("req {key} -keyout server.key -out server.csr -subj /CN=server"));
    fs::write(folder.join("server.ext"), "subjectAltName=IP:127.0.0.1\n").expect("the folder is ours");
    openssl(
        "x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -out server.pem -days 2 -extfile server.ext",
    );
}
