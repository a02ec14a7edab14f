//! Pictures are committed, so they are kept small: at most 256 colours instead of 16 million.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

type Colour = [u8; 3];

/// Writes a picture of the window anew with a palette: the most frequent colours as they are, the rare ones of the edges of
/// letters as the nearest of them.
pub(crate) fn shrink(file: &Path) {
    let (width, height, pixels) = read(file);
    let mut counts: BTreeMap<Colour, u32> = BTreeMap::new();
    for pixel in &pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let palette = palette(&counts);
    let nearest: BTreeMap<Colour, u8> =
        counts.keys().map(|colour| (*colour, place_of_nearest(&palette, *colour))).collect();
    let indexed: Vec<u8> = pixels.iter().map(|pixel| nearest[pixel]).collect();

    let out = BufWriter::new(File::create(file).expect("the picture can be written"));
    let mut encoder = png::Encoder::new(out, width, height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header().expect("a picture has a size");
    writer.write_image_data(&indexed).expect("room on the disk");
}

fn read(file: &Path) -> (u32, u32, Vec<Colour>) {
    let opened = BufReader::new(File::open(file).expect("the picture was taken"));
    let mut reader = png::Decoder::new(opened).read_info().expect("the driver writes PNG");
    let mut bytes = vec![0; reader.output_buffer_size().expect("a small picture")];
    let info = reader.next_frame(&mut bytes).expect("a whole picture");
    let step = info.color_type.samples();
    let pixels = bytes[..info.buffer_size()].chunks_exact(step).map(|pixel| [pixel[0], pixel[1], pixel[2]]);
    (info.width, info.height, pixels.collect())
}

/// The most frequent colours, none too near to one before it: as near as leaves room for all that differ more.
fn palette(counts: &BTreeMap<Colour, u32>) -> Vec<Colour> {
    let mut by_frequency: Vec<Colour> = counts.keys().copied().collect();
    by_frequency.sort_by_key(|colour| std::cmp::Reverse(counts[colour]));
    let mut apart = 0;
    loop {
        let mut chosen: Vec<Colour> = Vec::new();
        for colour in &by_frequency {
            if chosen.iter().all(|one| distance(*one, *colour) > apart) {
                chosen.push(*colour);
            }
        }
        if chosen.len() <= 256 {
            return chosen;
        }
        apart += 12;
    }
}

fn place_of_nearest(palette: &[Colour], colour: Colour) -> u8 {
    let nearest = palette.iter().enumerate().min_by_key(|(_, one)| distance(**one, colour));
    nearest.and_then(|(place, _)| u8::try_from(place).ok()).expect("a palette has 1 to 256 colours")
}

/// How far two colours are apart, squared.
fn distance(one: Colour, other: Colour) -> u32 {
    one.iter().zip(other).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
}
