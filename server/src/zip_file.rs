//! A ZIP file of some files, uncompressed (the large ones are compressed already) and without times, so that the same
//! files give the same bytes.

/// "Stored", and names in UTF-8 (APPNOTE 4.4.4).
const UTF8: u16 = 1 << 11;
/// Needs version 2.0 to be read.
const NEEDS: u16 = 20;
/// Made on Unix, so that the rights count.
const MADE_BY: u16 = (3 << 8) | NEEDS;
/// 1 January 1980, the first day that there is.
const DAY: u16 = (1 << 5) | 1;
/// A plain file that everybody may read.
const RIGHTS: u32 = 0o100_644 << 16;

/// Writes it. Without ZIP64: `None` when there is more than 4 GiB, or too many files.
pub fn write(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, bytes) in files {
        let at = u32::try_from(out.len()).ok()?;
        let facts = facts(name, bytes)?;
        out.extend(0x0403_4b50_u32.to_le_bytes());
        out.extend(&facts);
        out.extend(name.as_bytes());
        out.extend(bytes);

        directory.extend(0x0201_4b50_u32.to_le_bytes());
        directory.extend(MADE_BY.to_le_bytes());
        directory.extend(&facts);
        directory.extend([0; 6]); // no comment, first disk, no text
        directory.extend(RIGHTS.to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(files.len()).ok()?;
    let at = u32::try_from(out.len()).ok()?;
    let size = u32::try_from(directory.len()).ok()?;
    out.extend(directory);
    out.extend(0x0605_4b50_u32.to_le_bytes());
    out.extend([0; 4]); // one disk
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(size.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0; 2]); // no comment
    Some(out)
}

/// What stands in both headers of a file.
fn facts(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let size = u32::try_from(bytes.len()).ok()?.to_le_bytes();
    let mut facts = Vec::with_capacity(26);
    for half in [NEEDS, UTF8, 0, 0, DAY] {
        facts.extend(half.to_le_bytes()); // 0, 0: stored; midnight
    }
    facts.extend(crc32(bytes).to_le_bytes());
    facts.extend(size);
    facts.extend(size);
    facts.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
    facts.extend([0; 2]); // nothing extra
    Some(facts)
}

/// CRC-32 as ZIP and Ethernet have it.
fn crc32(bytes: &[u8]) -> u32 {
    let table: [u32; 256] = std::array::from_fn(|n| {
        (0..8).fold(u32::try_from(n).unwrap_or_default(), |c, _| {
            if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 }
        })
    });
    let step = |crc: u32, byte: &u8| {
        let [low, ..] = (crc ^ u32::from(*byte)).to_le_bytes();
        table.get(usize::from(low)).copied().unwrap_or_default() ^ (crc >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_the_known_one() {
        assert_eq!(super::crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(super::crc32(b""), 0);
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let files = [("a.txt".to_string(), b"a".to_vec()), ("b/ä.txt".to_string(), Vec::new())];
        let zip = super::write(&files).unwrap();
        assert_eq!(Some(&zip), super::write(&files).as_ref());
        assert!(zip.starts_with(b"PK\x03\x04") && zip.len() == 2 * (30 + 46) + 22 + 2 * (5 + 8) + 1);
    }
}
