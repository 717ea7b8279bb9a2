//! Any bytes as the answer of a time stamp authority, and as certificates.
#![no_main]

use chrono::{DateTime, Duration};
use libfuzzer_sys::fuzz_target;
use seal::{Certificate, Clock, TimeStampRequest, Trust, parse_response};

fuzz_target!(|bytes: &[u8]| {
    let now = DateTime::from_timestamp(1_795_428_000, 0).unwrap();
    let clock = Clock { now, tolerance: Duration::days(9_000) };
    let request = TimeStampRequest::new([7; 32], 42);
    assert!(parse_response(bytes, &request, clock, Trust::Known(&[])).is_err());
    let _ = parse_response(bytes, &request, clock, Trust::FirstUse);
    if let Ok(certificate) = Certificate::from_der(bytes) {
        assert_eq!(certificate.der(), bytes);
        let _ = (certificate.facts(), certificate.may_seal(), certificate.may_stamp_time());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Certificate::many_from_pem(text);
    }
});
