//! Compound files ([MS-CFB]): what office programs kept their files in before zip, as named streams.
//!
//! A stream is a chain of sectors through a table that the file carries. Chains of a damaged file may lead out of it or
//! in a circle: no chain is longer than the file has sectors.

use super::SheetError;

/// How each compound file starts.
pub(super) const MAGIC: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Sectors from here on mark ends and gaps.
const LAST_SECTOR: u32 = 0xffff_fff9;
/// Bytes of an entry of the directory.
const ENTRY: usize = 128;
/// Sectors of the allocation table that the header itself lists.
const LISTED: usize = 109;
/// Bytes of a small sector.
const SMALL: usize = 64;

pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    next: Vec<u32>,
    small_next: Vec<u32>,
    /// The stream that small sectors are in.
    small: Vec<u8>,
    /// Streams below this many bytes are in small sectors.
    cutoff: usize,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

impl<'b> Compound<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Result<Compound<'b>, SheetError> {
        let sector = match u16_at(bytes, 30) {
            Some(9) => 512,
            Some(12) => 4_096,
            _ => return Err(damaged()),
        };
        let number = |at: usize| u32_at(bytes, at).ok_or_else(damaged);
        let mut file = Compound {
            bytes,
            sector,
            next: Vec::new(),
            small_next: Vec::new(),
            small: Vec::new(),
            cutoff: usize::try_from(number(56)?).unwrap_or(usize::MAX),
            entries: Vec::new(),
        };
        let table = file.table(number(68)?, number(44)?)?;
        file.next = table.iter().flat_map(|id| numbers(file.sector_at(*id))).collect();
        let directory = file.chain(number(48)?)?;
        file.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        let root = file.entries.first().map(|root| (root.start, root.length));
        let (start, length) = root.ok_or_else(damaged)?;
        file.small_next = numbers(&file.chain(number(60)?)?).collect();
        file.small = file.chain(start)?;
        file.small.truncate(length);
        Ok(file)
    }

    /// The sectors of the allocation table: those the header lists, and a chain of more.
    fn table(&self, mut more: u32, count: u32) -> Result<Vec<u32>, SheetError> {
        let header = self.bytes.get(76..512).ok_or_else(damaged)?;
        let mut table: Vec<u32> = numbers(header).take(LISTED).collect();
        let mut seen = 0_usize;
        while more <= LAST_SECTOR {
            seen = seen.saturating_add(1);
            let mut listed: Vec<u32> = numbers(self.sector_at(more)).collect();
            let next = listed.pop().filter(|_| seen <= self.sectors()).ok_or_else(damaged)?;
            table.extend(listed);
            more = next;
        }
        table.retain(|id| *id <= LAST_SECTOR);
        table.truncate(usize::try_from(count).unwrap_or(usize::MAX).min(self.sectors()));
        Ok(table)
    }

    fn sectors(&self) -> usize {
        self.bytes.len().div_ceil(self.sector)
    }

    /// A sector; what of it is past the end of the file is not there.
    fn sector_at(&self, id: u32) -> &'b [u8] {
        let index = usize::try_from(id).unwrap_or(usize::MAX).saturating_add(1);
        let start = index.saturating_mul(self.sector);
        let end = start.saturating_add(self.sector).min(self.bytes.len());
        self.bytes.get(start..end).unwrap_or(&[])
    }

    fn chain(&self, start: u32) -> Result<Vec<u8>, SheetError> {
        let mut out = Vec::new();
        follow(start, &self.next, self.sectors(), |id| out.extend_from_slice(self.sector_at(id)))?;
        Ok(out)
    }

    /// A stream by one of its names.
    pub(super) fn stream(&self, names: &[&str]) -> Result<Option<Vec<u8>>, SheetError> {
        let is_named = |entry: &&Entry| names.iter().any(|name| entry.name.eq_ignore_ascii_case(name));
        let Some(entry) = self.entries.iter().find(is_named) else { return Ok(None) };
        let mut out = if entry.length < self.cutoff {
            let mut out = Vec::new();
            follow(entry.start, &self.small_next, self.small.len().div_ceil(SMALL), |id| {
                let start = usize::try_from(id).unwrap_or(usize::MAX).saturating_mul(SMALL);
                let end = start.saturating_add(SMALL).min(self.small.len());
                out.extend_from_slice(self.small.get(start..end).unwrap_or(&[]));
            })?;
            out
        } else {
            self.chain(entry.start)?
        };
        out.truncate(entry.length);
        Ok(Some(out))
    }
}

/// Goes along a chain of sectors.
fn follow(start: u32, next: &[u32], most: usize, mut take: impl FnMut(u32)) -> Result<(), SheetError> {
    let (mut id, mut taken) = (start, 0_usize);
    while id <= LAST_SECTOR {
        taken = taken.saturating_add(1);
        let after = usize::try_from(id).ok().and_then(|id| next.get(id)).copied();
        let after = after.filter(|_| taken <= most).ok_or_else(damaged)?;
        take(id);
        id = after;
    }
    Ok(())
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    // The name with its terminating zero, in bytes.
    let length = usize::from(u16_at(bytes, 64)?).checked_sub(2);
    let name = bytes.get(..length.unwrap_or(0))?.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
    Some(Entry {
        name: char::decode_utf16(name).map(|c| c.unwrap_or('\u{fffd}')).collect(),
        start: u32_at(bytes, 116)?,
        length: usize::try_from(u32_at(bytes, 120)?).ok()?,
    })
}

fn damaged() -> SheetError {
    SheetError::Broken("its sectors are damaged".to_owned())
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}
