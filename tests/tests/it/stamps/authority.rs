//! A time stamp authority of the tests: a small HTTP server in front of `openssl ts`, and in front of `openssl cms` for
//! answers that no honest authority gives.

use chrono::{DateTime, Duration, Utc};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What it answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Says {
    /// The truth, at the true time: `openssl ts -reply`.
    Truth,
    /// What was asked, at this time.
    At(DateTime<Utc>),
    /// Another hash.
    AnotherHash(DateTime<Utc>),
    /// Another number than that of the question.
    AnotherNonce(DateTime<Utc>),
    /// A good stamp, one bit of its signature turned.
    Scratched(DateTime<Utc>),
    /// This status of RFC 3161 and no stamp.
    Status(u8),
    /// A good stamp under this status.
    StampUnder(u8, DateTime<Utc>),
    /// This as an answer.
    Bytes(&'static [u8]),
    /// So many bytes, without saying so before.
    Endless(usize),
    /// The truth under another type.
    AnotherType,
    /// Another address.
    Redirect,
    /// This status of HTTP.
    Http(u16),
    /// Nothing: the connection ends.
    Nothing,
    /// Half of what it announces.
    Half,
}

/// For what its certificate is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Time,
    Anything,
    Code,
}

/// The authority.
pub struct Authority {
    pub url: String,
    folder: PathBuf,
    says: Arc<Mutex<Says>>,
    asked: Arc<Mutex<Vec<String>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Authority {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Authority {
    /// With a fresh root and a certificate for stamps, valid for so many days.
    pub async fn start(folder: PathBuf, purpose: Purpose, days: u32) -> Self {
        certificates(&folder, purpose, days);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://me:geheim@{}/tsr", listener.local_addr().expect("an address"));
        let says = Arc::new(Mutex::new(Says::Truth));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (now, heard, place) = (says.clone(), asked.clone(), folder.clone());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let says = *now.lock().expect("a lock");
                if let Some(head) = serve(stream, says, &place).await {
                    heard.lock().expect("a lock").push(head);
                }
            }
        });
        Self { url, folder, says, asked, task }
    }

    /// From now on it says this.
    pub fn says(&self, what: Says) {
        *self.says.lock().expect("a lock") = what;
    }

    /// The heads of all requests.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("a lock").clone()
    }

    /// The file with its root certificate.
    pub fn root(&self) -> String {
        self.folder.join("root.pem").display().to_string()
    }

    /// SHA-256 of its root certificate.
    pub fn root_sha256(&self) -> String {
        let said = openssl(&self.folder, &["x509", "-in", "root.pem", "-noout", "-fingerprint", "-sha256"]);
        let said = String::from_utf8(said).expect("text");
        said.trim().rsplit('=').next().expect("a fingerprint").replace(':', "").to_lowercase()
    }
}

/// The true time: `openssl ts` knows no other.
pub fn true_time() -> DateTime<Utc> {
    let since = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
    DateTime::from_timestamp(i64::try_from(since.as_secs()).expect("a time"), 0).expect("a time")
}

fn openssl(folder: &Path, line: &[&str]) -> Vec<u8> {
    let out = Command::new("openssl").args(line).current_dir(folder).output().expect("openssl is there");
    assert!(out.status.success(), "{line:?}: {}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

fn certificates(folder: &Path, purpose: Purpose, days: u32) {
    std::fs::create_dir_all(folder).expect("a folder");
    let file = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    file("empty.cnf", "[req]\ndistinguished_name = name\n[name]\n");
    file("tsa.cnf", CONFIGURATION);
    file("serial", "01\n");
    let usage = match purpose {
        Purpose::Time => "keyUsage = critical,digitalSignature\nextendedKeyUsage = critical,timeStamping\n",
        Purpose::Anything => "keyUsage = critical,digitalSignature\n",
        Purpose::Code => "keyUsage = critical,digitalSignature\nextendedKeyUsage = critical,codeSigning\n",
    };
    file("usage.cnf", usage);
    for name in ["root.key", "tsa.key"] {
        openssl(
            folder,
            &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name],
        );
    }
    let root = "req -new -x509 -config empty.cnf -key root.key -out root.pem -days 900 -sha256";
    let root = root.split(' ').chain(["-subj", "/CN=Test root", "-addext"]);
    let ca = ["basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign"];
    openssl(folder, &root.chain(ca).collect::<Vec<_>>());
    let own = "req -new -config empty.cnf -key tsa.key -out tsa.csr";
    openssl(folder, &own.split(' ').chain(["-subj", "/CN=Test stamps"]).collect::<Vec<_>>());
    let days = days.to_string();
    let sign =
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -extfile usage.cnf -sha256";
    let sign: Vec<&str> = sign.split(' ').chain(["-out", "tsa.pem", "-days", &days]).collect();
    openssl(folder, &sign);
}

/// One request; gives back its head.
async fn serve(mut stream: TcpStream, says: Says, folder: &Path) -> Option<String> {
    let mut all = Vec::new();
    let end = loop {
        if stream.read_buf(&mut all).await.ok()? == 0 {
            return None;
        }
        if let Some(at) = all.windows(4).position(|w| w == b"\r\n\r\n") {
            break at;
        }
    };
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")?.parse::<usize>().ok())?;
    while all.len() < end + 4 + length {
        if stream.read_buf(&mut all).await.ok()? == 0 {
            return None;
        }
    }
    let answer = answer(&all[end + 4..], says, folder);
    // Whoever asked may have enough before the end.
    drop(stream.write_all(&answer).await);
    drop(stream.shutdown().await);
    Some(head)
}

const REPLY: &str = "application/timestamp-reply";

fn answer(query: &[u8], says: Says, folder: &Path) -> Vec<u8> {
    let http = |status: &str, kind: &str, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let good = |body: &[u8]| http("200 OK", REPLY, body);
    let (digest, nonce) = parts(query);
    let other = |bytes: &[u8]| bytes.iter().map(|b| b ^ 1).collect::<Vec<_>>();
    match says {
        Says::Truth => good(&truth(query, folder)),
        Says::At(time) => good(&granted(0, &token(folder, digest, nonce, time))),
        Says::AnotherHash(time) => good(&granted(0, &token(folder, &other(digest), nonce, time))),
        Says::AnotherNonce(time) => {
            let last = [&nonce[..nonce.len() - 1], &other(&nonce[nonce.len() - 1..])].concat();
            good(&granted(0, &token(folder, digest, &last, time)))
        }
        Says::Scratched(time) => {
            let mut token = token(folder, digest, nonce, time);
            let last = token.len() - 1;
            token[last] ^= 1;
            good(&granted(0, &token))
        }
        Says::Status(status) => good(&tlv(0x30, &tlv(0x30, &[2, 1, status]))),
        Says::StampUnder(status, time) => good(&granted(status, &token(folder, digest, nonce, time))),
        Says::Bytes(bytes) => good(bytes),
        Says::Endless(length) => {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-type: {REPLY}\r\nconnection: close\r\n\r\n");
            [head.as_bytes(), &vec![0x30; length]].concat()
        }
        Says::AnotherType => http("200 OK", "text/html", &truth(query, folder)),
        Says::Redirect => b"HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec(),
        Says::Http(status) => http(&format!("{status} No"), REPLY, &truth(query, folder)),
        Says::Nothing => Vec::new(),
        Says::Half => {
            let whole = good(&truth(query, folder));
            whole[..whole.len() - 100].to_vec()
        }
    }
}

fn truth(query: &[u8], folder: &Path) -> Vec<u8> {
    std::fs::write(folder.join("query"), query).expect("written");
    let line = "ts -reply -config tsa.cnf -queryfile query -out answer";
    openssl(folder, &line.split(' ').collect::<Vec<_>>());
    std::fs::read(folder.join("answer")).expect("an answer")
}

/// The hash and, as DER, the number in a question.
fn parts(query: &[u8]) -> (&[u8], &[u8]) {
    let at = query.windows(2).position(|w| w == [4, 32]).expect("a SHA-256") + 2;
    let nonce = &query[at + 32..];
    (&query[at..at + 32], &nonce[..2 + usize::from(nonce[1])])
}

/// A token that says whatever is wished.
fn token(folder: &Path, digest: &[u8], nonce: &[u8], time: DateTime<Utc>) -> Vec<u8> {
    let sha256 = tlv(0x30, &tlv(6, &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]));
    let info = [
        tlv(2, &[1]),
        tlv(6, &[0x2a, 3, 4]),
        tlv(0x30, &[sha256, tlv(4, digest)].concat()),
        tlv(2, &[7]),
        tlv(0x18, time.format("%Y%m%d%H%M%SZ").to_string().as_bytes()),
        nonce.to_vec(),
    ];
    std::fs::write(folder.join("info"), tlv(0x30, &info.concat())).expect("written");
    let line = "cms -sign -binary -nodetach -nosmimecap -cades -md sha256 \
        -econtent_type 1.2.840.113549.1.9.16.1.4 -in info -signer tsa.pem -inkey tsa.key -outform DER -out token";
    openssl(folder, &line.split_whitespace().collect::<Vec<_>>());
    std::fs::read(folder.join("token")).expect("a token")
}

fn granted(status: u8, token: &[u8]) -> Vec<u8> {
    tlv(0x30, &[&tlv(0x30, &[2, 1, status]), token].concat())
}

/// A value in DER.
fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len();
    let [.., high, low] = length.to_be_bytes();
    let head = match length {
        0..128 => vec![tag, low],
        128..256 => vec![tag, 0x81, low],
        _ => vec![tag, 0x82, high, low],
    };
    [head, value.to_vec()].concat()
}

/// A time far from `now`.
pub fn far(now: DateTime<Utc>) -> [DateTime<Utc>; 2] {
    [now - Duration::minutes(3), now + Duration::minutes(3)]
}

const CONFIGURATION: &str = "\
[tsa]
default_tsa = it
[it]
serial = serial
signer_cert = tsa.pem
certs = root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
";
