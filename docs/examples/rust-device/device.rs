// SPDX-License-Identifier: Apache-2.0
//! A device library in Rust, without any crate: class f32, sequential order, matmul only.
//!
//!     rustc --edition 2021 --crate-type cdylib -O -C panic=abort -o libdevice.so docs/examples/rust-device/device.rs

use std::ffi::{c_char, c_void, CStr};

const BLOCK_BYTES: u64 = 144;
const BLOCK_WEIGHTS: u64 = 256;

const OK: i32 = 0;
const BAD_DIMS: i32 = 1;
const OUTPUT_TOO_SMALL: i32 = 2;
const OPEN_FAILED: i32 = 6;
const ERRNO_INVALID: u64 = 22;

#[repr(C)]
pub struct Description {
    struct_bytes: u32,
    arithmetic_class: u32,
    summation_order: u32,
    weights: u32,
    nonfinite: u32,
    thread_rule: u32,
    is_deterministic: u32,
    max_sails: u32,
    max_m: u64,
    max_n: u64,
    max_k: u64,
    max_call_milliseconds: u64,
    products_per_second: u64,
    reserved: [u64; 3],
    name: [u8; 64],
    vendor: [u8; 64],
}

#[repr(C)]
pub struct ErrorRecord {
    fields: [u64; 4],
    text: [u8; 192],
}

/// What the handle points to. Nothing is kept between calls, but a struct without a byte would give every device the same address.
pub struct Device {
    _opened: bool,
}

fn put_text(to: &mut [u8], text: &str) {
    to.fill(0);
    to[..text.len()].copy_from_slice(text.as_bytes());
}

fn refuse(error: &mut ErrorRecord, status: i32, fields: [u64; 4], text: &str) -> i32 {
    error.fields = fields;
    put_text(&mut error.text, text);
    status
}

fn float_of_half(bytes: &[u8]) -> f32 {
    let half = u32::from(u16::from_le_bytes([bytes[0], bytes[1]]));
    let (sign, exponent, fraction) = ((half & 0x8000) << 16, half >> 10 & 31, half & 1023);
    match exponent {
        0 => f32::from_bits(sign | (fraction as f32 / 16_777_216.0).to_bits()),
        31 => f32::from_bits(sign | 0x7f80_0000 | fraction << 13),
        _ => f32::from_bits(sign | (exponent + 112) << 23 | fraction << 13),
    }
}

fn decode(block: &[u8], weights: &mut [f32; 256]) {
    let (d, dmin, p, q) = (float_of_half(block), float_of_half(&block[2..]), &block[4..16], &block[16..]);
    for s in 0..8 {
        let (scale, minimum) = if s < 4 {
            (p[s] & 63, p[s + 4] & 63)
        } else {
            ((p[s + 4] & 15) | p[s - 4] >> 6 << 4, p[s + 4] >> 4 | p[s] >> 6 << 4)
        };
        let (step, offset) = (d * f32::from(scale), dmin * f32::from(minimum));
        for i in 0..32 {
            let pair = q[s / 2 * 32 + i];
            weights[32 * s + i] = step * f32::from(if s % 2 == 0 { pair & 15 } else { pair >> 4 }) - offset;
        }
    }
}

fn dot(a: &[u8], b: &[u8]) -> f32 {
    let (mut of_a, mut of_b, mut sum) = ([0.0; 256], [0.0; 256], 0.0f32);
    for (block_a, block_b) in a.chunks_exact(BLOCK_BYTES as usize).zip(b.chunks_exact(BLOCK_BYTES as usize)) {
        decode(block_a, &mut of_a);
        decode(block_b, &mut of_b);
        for i in 0..256 {
            sum += of_a[i] * of_b[i];
        }
    }
    sum
}

/// The bytes of A, B and OUT; None if one of the sizes exceeds 64 bits.
fn sizes(m: u64, k: u64, n: u64) -> Option<(u64, u64, u64)> {
    let row = k / BLOCK_WEIGHTS * BLOCK_BYTES;
    Some((m.checked_mul(row)?, n.checked_mul(row)?, m.checked_mul(n)?.checked_mul(4)?))
}

#[no_mangle]
pub extern "C" fn spanker_device_abi_version() -> u32 {
    0x0001_0000
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn spanker_device_describe(options: *const c_char, description: *mut Description, error: *mut ErrorRecord) -> i32 {
    if !CStr::from_ptr(options).is_empty() {
        return refuse(&mut *error, OPEN_FAILED, [ERRNO_INVALID, 0, 0, 0], "this device takes no options");
    }
    let description = &mut *description;
    description.arithmetic_class = 1; // f32
    description.summation_order = 1; // sequential
    description.weights = 1; // rounded
    description.nonfinite = 0; // ieee
    description.thread_rule = 2; // free
    description.is_deterministic = 1;
    put_text(&mut description.name, "rust-device");
    put_text(&mut description.vendor, "Spanker Conformance");
    OK
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn spanker_device_open(options: *const c_char, device: *mut *mut Device, error: *mut ErrorRecord) -> i32 {
    if !CStr::from_ptr(options).is_empty() {
        return refuse(&mut *error, OPEN_FAILED, [ERRNO_INVALID, 0, 0, 0], "this device takes no options");
    }
    *device = Box::into_raw(Box::new(Device { _opened: true }));
    OK
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn spanker_device_close(device: *mut Device) {
    drop(Box::from_raw(device));
}

/// # Safety
/// As the header says.
#[no_mangle]
pub unsafe extern "C" fn spanker_device_matmul_q4_k(
    _device: *mut Device, a: *const c_void, a_bytes: u64, b: *const c_void, b_bytes: u64, out: *mut c_void, out_bytes: u64,
    m: u64, k: u64, n: u64, error: *mut ErrorRecord,
) -> i32 {
    let error = &mut *error;
    let bad_dims = [m, k, n, BLOCK_WEIGHTS];
    if k == 0 || k % BLOCK_WEIGHTS != 0 {
        return refuse(error, BAD_DIMS, bad_dims, "k is not a positive multiple of 256");
    }
    let Some((a_needed, b_needed, out_needed)) = sizes(m, k, n) else {
        return refuse(error, BAD_DIMS, bad_dims, "a size exceeds 64 bits");
    };
    if a_bytes != a_needed || b_bytes != b_needed {
        return refuse(error, BAD_DIMS, bad_dims, "A or B is not as long as the dimensions say");
    }
    if out_bytes < out_needed {
        return refuse(error, OUTPUT_TOO_SMALL, [out_bytes, out_needed, 0, 0], "OUT is too short");
    }
    if m == 0 || n == 0 {
        return OK; // before a slice is made: an empty buffer may be at NULL
    }

    let a = std::slice::from_raw_parts(a.cast::<u8>(), a_bytes as usize);
    let b = std::slice::from_raw_parts(b.cast::<u8>(), b_bytes as usize);
    let row = (k / BLOCK_WEIGHTS * BLOCK_BYTES) as usize;
    let mut element = out.cast::<u8>();
    for row_a in a.chunks_exact(row) {
        for row_b in b.chunks_exact(row) {
            let bytes = dot(row_a, row_b).to_le_bytes();
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), element, bytes.len());
            element = element.add(bytes.len());
        }
    }
    OK
}
