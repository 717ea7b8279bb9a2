//! Time stamps: those that are taken, and all that are not.

use super::authority::{Authority, Purpose, clock, now, stamped};
use super::*;
use chrono::Duration;
use seal::{
    Clock, Fault, Level, SealError, StampError, TimeStampRequest, Trust, add_time_stamp, parse_response,
    signature_digest,
};

const DIGEST: [u8; 32] = [7; 32];

fn taken(answer: &[u8], request: &TimeStampRequest, authority: &Authority) -> Result<(), StampError> {
    parse_response(answer, request, clock(), Trust::Known(std::slice::from_ref(&authority.root))).map(|_| ())
}

#[test]
fn an_honest_stamp_is_taken() {
    let authority = Authority::new();
    let Some(token) = authority.stamp(DIGEST) else { return };
    assert_eq!((token.digest, token.authority.as_str()), (DIGEST, "Test stamps"));
    assert_eq!(token.policy, "1.2.3.4.1");
    assert_eq!(token.certificates(), [authority.own.clone(), authority.root.clone()]);
    assert!((token.time - now()).abs() < Duration::minutes(1));
}

#[test]
fn a_stamp_makes_b_t_of_b_b_and_touches_nothing_signed() {
    let Some((pdf, stamper)) = stamped() else { return };
    let gap = gap(&SEALED);
    assert!(pdf[..gap.start] == SEALED[..gap.start] && pdf[gap.end..] == SEALED[gap.end..]);
    let sealer = [KEY.certificate().clone()];
    let Verdict::Valid(found) = verdict_with(&pdf, &sealer, &[stamper]) else { panic!("not valid") };
    assert!(matches!(&found.level, Level::BaselineT { authority, .. } if authority == "Test stamps"));
}

#[test]
fn a_stamp_of_nobody_known_proves_nothing_more() {
    let Some((pdf, _)) = stamped() else { return };
    let Verdict::Valid(found) = verdict(&pdf) else { panic!("{:?}", verdict(&pdf)) };
    assert!(matches!(found.level, Level::StampUnknown { .. }));
}

#[test]
fn a_stamp_goes_onto_its_own_seal_once() {
    let Some((pdf, _)) = stamped() else { return };
    let authority = Authority::new();
    let right = authority.stamp(signature_digest(&SEALED).unwrap()).unwrap();
    let wrong = authority.stamp(DIGEST).unwrap();
    assert_eq!(add_time_stamp(&SEALED, &wrong), Err(SealError::Stamp));
    assert_eq!(add_time_stamp(&pdf, &right), Err(SealError::Stamp));
    assert_eq!(add_time_stamp(ORIGINAL, &right), Err(SealError::Unsealed));
    assert!(add_time_stamp(&SEALED, &right).is_ok());
}

#[test]
fn an_authority_that_is_down_or_talks_nonsense_gives_no_stamp() {
    let authority = Authority::new();
    let request = TimeStampRequest::new(DIGEST, 42);
    let page = b"<html>502 Bad Gateway</html>".to_vec();
    for nonsense in [vec![], page, vec![0x30; 100], vec![0; 200_000], b"0\x80".repeat(20_000)] {
        assert_eq!(taken(&nonsense, &request, &authority), Err(StampError::Unreadable));
    }
    let declined = authority::tlv(0x30, &authority::tlv(0x30, &[2, 1, 2]));
    assert_eq!(taken(&declined, &request, &authority), Err(StampError::Declined));
    let empty = authority::tlv(0x30, &authority::tlv(0x30, &[2, 1, 0]));
    assert_eq!(taken(&empty, &request, &authority), Err(StampError::Unreadable));
}

#[test]
fn an_answer_to_something_else_gives_no_stamp() {
    let authority = Authority::new();
    let request = TimeStampRequest::new(DIGEST, 42);
    let Some(answer) = authority.answer(&TimeStampRequest::new([8; 32], 42)) else { return };
    assert_eq!(taken(&answer, &request, &authority), Err(StampError::OtherImprint));
    let answer = authority.answer(&TimeStampRequest::new(DIGEST, 43)).unwrap();
    assert_eq!(taken(&answer, &request, &authority), Err(StampError::OtherNonce));
}

#[test]
fn a_wrong_clock_gives_no_stamp() {
    let authority = Authority::new();
    let request = TimeStampRequest::new(DIGEST, 42);
    let Some(answer) = authority.answer(&request) else { return };
    for minutes in [-10, 10] {
        let clock = Clock { now: now() + Duration::minutes(minutes), ..clock() };
        let result = parse_response(&answer, &request, clock, Trust::FirstUse);
        assert!(matches!(result, Err(StampError::WrongTime(_))), "{minutes}");
    }
    let lie = authority.lie(DIGEST, 42, now() - Duration::hours(1)).unwrap();
    assert!(matches!(taken(&lie, &request, &authority), Err(StampError::WrongTime(_))));
}

#[test]
fn a_certificate_for_something_else_gives_no_stamp() {
    let request = TimeStampRequest::new(DIGEST, 42);
    let (from, until) = (now() - Duration::days(2), now() + Duration::days(2));
    for purpose in [Purpose::TimeNotCritical, Purpose::Code, Purpose::Nothing] {
        let authority = Authority::with(purpose, from, until);
        let Some(lie) = authority.lie(DIGEST, 42, now()) else { return };
        assert_eq!(taken(&lie, &request, &authority), Err(StampError::Certificate));
    }
    let good = Authority::with(Purpose::Time, from, until);
    assert_eq!(
        taken(&good.lie(DIGEST, 42, now()).unwrap(), &request, &good),
        Ok(()),
        "the lie itself is well made"
    );
}

#[test]
fn an_expired_certificate_gives_no_stamp() {
    let request = TimeStampRequest::new(DIGEST, 42);
    let expired = Authority::with(Purpose::Time, now() - Duration::days(9), now() - Duration::days(2));
    let Some(lie) = expired.lie(DIGEST, 42, now()) else { return };
    assert_eq!(taken(&lie, &request, &expired), Err(StampError::Certificate));
    let early = Authority::with(Purpose::Time, now() + Duration::days(2), now() + Duration::days(9));
    assert_eq!(taken(&early.lie(DIGEST, 42, now()).unwrap(), &request, &early), Err(StampError::Certificate));
}

#[test]
fn an_authority_that_nobody_trusts_gives_no_stamp_but_at_first_use() {
    let (authority, other) = (Authority::new(), Authority::new());
    let request = TimeStampRequest::new(DIGEST, 42);
    let Some(answer) = authority.answer(&request) else { return };
    assert_eq!(taken(&answer, &request, &other), Err(StampError::UnknownAuthority));
    let token = parse_response(&answer, &request, clock(), Trust::FirstUse).unwrap();
    assert_eq!(token.signer(), &authority.own);
    let own = [authority.own.clone()];
    assert!(
        parse_response(&answer, &request, clock(), Trust::Known(&own)).is_ok(),
        "its own certificate will do"
    );
}

#[test]
fn a_changed_answer_gives_no_stamp() {
    let authority = Authority::new();
    let request = TimeStampRequest::new(DIGEST, 42);
    let Some(answer) = authority.answer(&request) else { return };
    let whole =
        parse_response(&answer, &request, clock(), Trust::Known(std::slice::from_ref(&authority.root)))
            .unwrap();
    for at in 0..answer.len() {
        for bit in [1, 0x40] {
            let mut changed = answer.clone();
            changed[at] ^= bit;
            // A certificate above may be lost by it. What is kept says the same.
            if let Ok(token) = parse_response(
                &changed,
                &request,
                clock(),
                Trust::Known(std::slice::from_ref(&authority.root)),
            ) {
                let same =
                    (token.time, token.digest, token.signer()) == (whole.time, whole.digest, whole.signer());
                assert!(same, "byte {at}");
                assert!(token.certificates().iter().all(|it| whole.certificates().contains(it)), "byte {at}");
            }
        }
    }
}

/// Somebody else's stamp in our seal: right in itself, with the year that the attacker likes.
#[test]
fn an_exchanged_stamp_is_not_believed() {
    let attacker = Authority::with(Purpose::Time, now() - Duration::days(800), now() + Duration::days(2));
    let digest = signature_digest(&SEALED).unwrap();
    let long_ago = now() - Duration::days(700);
    let Some(lie) = attacker.lie(digest, 42, long_ago) else { return };
    let then = Clock { now: long_ago, tolerance: Duration::minutes(2) };
    let token = parse_response(&lie, &TimeStampRequest::new(digest, 42), then, Trust::FirstUse).unwrap();
    let pdf = add_time_stamp(&SEALED, &token).unwrap();
    let sealer = [KEY.certificate().clone()];
    let known = [Authority::new().root.clone()];
    let Verdict::Valid(found) = verdict_with(&pdf, &sealer, &known) else {
        panic!("the seal itself is right")
    };
    assert!(matches!(found.level, Level::StampUnknown { .. }), "{:?}", found.level);
}

#[test]
fn a_stamp_for_something_else_breaks_the_seal() {
    let Some((pdf, stamper)) = stamped() else { return };
    let other = seal_pdf(ORIGINAL, &KEY, &facts()).unwrap();
    // The container of one file, with the stamp of another: the signature inside is not the one that was stamped.
    let gap = gap(&other);
    let mixed = [&other[..gap.start], &pdf[gap.clone()], &other[gap.end..]].concat();
    let sealer = [KEY.certificate().clone()];
    assert!(matches!(verdict_with(&mixed, &sealer, &[stamper]), Verdict::Valid(_)), "it is the same file");
    let changed = replaced(&mixed, "/M(D:2", b"/M(D:1");
    assert!(matches!(
        verdict_with(&changed, &sealer, &[]),
        Verdict::Altered(_) | Verdict::Broken(Fault::Form)
    ));
}
