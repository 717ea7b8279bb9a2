//! What other programs say of our seals: qpdf, poppler, OpenSSL, pyHanko.

use super::authority::Authority;
use super::tools::{self, Folder, run, well};
use super::*;

/// A sealed file, and whom another program has to trust.
struct Sealed {
    name: String,
    pdf: Vec<u8>,
    anchors: String,
}

/// Both originals sealed, and both with a time stamp where openssl is there.
fn files() -> Vec<Sealed> {
    let mut all = Vec::new();
    for (name, original) in ORIGINALS {
        let sealed = seal_pdf(original, &KEY, &facts()).unwrap();
        let authority = Authority::new();
        if let Some(token) = authority.stamp(seal::signature_digest(&sealed).unwrap()) {
            let pdf = seal::add_time_stamp(&sealed, &token).unwrap();
            let anchors = KEY.chain_pem() + &authority.root.to_pem();
            all.push(Sealed { name: format!("{name}, stamped"), pdf, anchors });
        }
        all.push(Sealed { name: name.to_string(), pdf: sealed, anchors: KEY.chain_pem() });
    }
    all
}

#[test]
fn qpdf_finds_nothing_wrong() {
    let folder = Folder::new();
    for Sealed { name, pdf, .. } in files() {
        folder.file("a.pdf", pdf);
        let Some((fine, said)) = run("qpdf", &[&"--check", &"a.pdf"], &folder.0) else { return };
        assert!(fine && !said.contains("WARNING"), "{name}: {said}");
    }
}

#[test]
fn poppler_finds_a_valid_signature_over_the_whole_file() {
    let folder = Folder::new();
    for Sealed { name, pdf, .. } in files() {
        folder.file("a.pdf", pdf);
        let Some(said) = well("pdfsig", &[&"a.pdf"], &folder.0) else { return };
        for sentence in ["Signature is Valid", "Total document signed", "ETSI.CAdES.detached", "SHA-256"] {
            assert!(said.contains(sentence), "{name}: {said}");
        }
        assert!(!said.contains("Signature #2"), "{name}: {said}");
        folder.file("b.pdf", replaced(&std::fs::read(folder.path("a.pdf")).unwrap(), "/Lang", b"/Lanh"));
        let (_, changed) = run("pdfsig", &[&"b.pdf"], &folder.0).unwrap();
        assert!(changed.contains("Digest Mismatch"), "{name}: {changed}");
    }
}

#[test]
fn poppler_still_reads_the_same_text() {
    let folder = Folder::new();
    for (name, original) in ORIGINALS {
        folder.file("a.pdf", original);
        folder.file("b.pdf", seal_pdf(original, &KEY, &facts()).unwrap());
        let Some(before) = well("pdftotext", &[&"a.pdf", &"-"], &folder.0) else { return };
        assert_eq!(well("pdftotext", &[&"b.pdf", &"-"], &folder.0), Some(before), "{name}");
    }
}

#[test]
fn openssl_verifies_the_parts() {
    let folder = Folder::new();
    for Sealed { name, pdf, .. } in files() {
        let parts = seal::parts(&pdf).unwrap();
        folder.file("signed", &parts.signed_bytes);
        folder.file("seal.p7s", &parts.signature);
        folder.file("seal.pem", &parts.certificates_pem);
        let arguments = [
            "cms",
            "-verify",
            "-cades",
            "-binary",
            "-inform",
            "DER",
            "-in",
            "seal.p7s",
            "-content",
            "signed",
            "-CAfile",
            "seal.pem",
            "-purpose",
            "any",
            "-out",
            "/dev/null",
        ];
        let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = arguments.iter().map(|it| it as _).collect();
        let Some((fine, said)) = run("openssl", &arguments, &folder.0) else { return };
        assert!(fine && said.contains("CAdES Verification successful"), "{name}: {said}");
    }
}

#[test]
fn openssl_verifies_the_time_stamp() {
    let authority = Authority::new();
    let Some(token) = authority.stamp(seal::signature_digest(&SEALED).unwrap()) else { return };
    let parts = seal::parts(&seal::add_time_stamp(&SEALED, &token).unwrap()).unwrap();
    let folder = Folder::new();
    folder.file("value", &parts.signature_value);
    folder.file("token", parts.time_stamp.unwrap());
    folder.file("root.pem", authority.root.to_pem());
    let arguments: [&dyn AsRef<std::ffi::OsStr>; 9] =
        [&"ts", &"-verify", &"-token_in", &"-in", &"token", &"-data", &"value", &"-CAfile", &"root.pem"];
    let said = well("openssl", &arguments, &folder.0).unwrap();
    assert!(said.contains("Verification: OK"), "{said}");
}

#[test]
fn openssl_reads_key_certificate_and_request() {
    let folder = Folder::new();
    folder.file("key.pem", KEY.to_pem());
    folder.file("chain.pem", KEY.chain_pem());
    folder.file("request.pem", KEY.csr_pem(&subject()).unwrap());
    let Some(_) = well("openssl", &[&"pkey", &"-in", &"key.pem", &"-check", &"-noout"], &folder.0) else {
        return;
    };
    let text = well("openssl", &[&"x509", &"-in", &"chain.pem", &"-noout", &"-text"], &folder.0).unwrap();
    assert!(text.contains("Digital Signature, Non Repudiation") && text.contains("CA:FALSE"), "{text}");
    let request = ["req", "-in", "request.pem", "-verify", "-noout", "-text"];
    let request: Vec<&dyn AsRef<std::ffi::OsStr>> = request.iter().map(|it| it as _).collect();
    let text = well("openssl", &request, &folder.0).unwrap();
    assert!(text.contains("verify OK") && text.contains("Fluxpunkt GmbH Siegel"), "{text}");
}

/// The strictest reader that we know: it also looks whether the update changes more than a seal may.
#[test]
fn pyhanko_trusts_the_seal() {
    let folder = Folder::new();
    for Sealed { name, pdf, anchors } in files() {
        folder.file("anchors.pem", anchors);
        folder.file("a.pdf", pdf);
        let arguments = [
            "sign",
            "validate",
            "--pretty-print",
            "--no-revocation-check",
            "--trust",
            "anchors.pem",
            "a.pdf",
        ];
        let arguments: Vec<&dyn AsRef<std::ffi::OsStr>> = arguments.iter().map(|it| it as _).collect();
        let Some((_, said)) = run(&tools::pyhanko(), &arguments, &folder.0) else { return };
        assert!(said.contains("cryptographically sound"), "{name}: {said}");
        assert!(said.contains("entire file"), "{name}: {said}");
        assert!(said.contains("The signature is judged VALID"), "{name}: {said}");
    }
}
