// SPDX-License-Identifier: Apache-2.0
// Reads blocks by docs/archive-format.md alone, with no code of the archive: whether the page tells the truth.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { inflateRawSync } from 'node:zlib';

const REAL = 0;
const isWhole = (kind) => kind >= 1 && kind <= 5;
const wrap = (number) => BigInt.asIntN(64, number);
const unzigzag = (number) => wrap(number >> 1n ^ -(number & 1n));
const floatOf = (bits) => new Float32Array(new Int32Array([bits]).buffer)[0];
const bitsOf = (real) => new Int32Array(new Float32Array([real]).buffer)[0];

class Octets {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
    }
    octet() {
        assert(this.at < this.bytes.length, 'beyond the end');
        return this.bytes[this.at++];
    }
    varint() {
        let number = 0n;
        for (let shift = 0n; ; shift += 7n) {
            const octet = this.octet();
            number |= BigInt(octet & 127) << shift;
            if (octet < 128) {
                return BigInt.asUintN(64, number);
            }
        }
    }
    counted() {
        const length = Number(this.varint());
        this.at += length;
        return this.bytes.subarray(this.at - length, this.at);
    }
    int32() {
        return this.octet() << 24 | this.octet() << 16 | this.octet() << 8 | this.octet();
    }
    text() {
        return String.fromCharCode(...Array.from({ length: Number(this.varint()) }, () => Number(this.varint())));
    }
    packedColumn(n) {
        const numbers = [];
        while (numbers.length < n) {
            const head = this.octet();
            const width = BigInt(head & 127);
            const more = head > 127 ? this.octet() : 0;
            const some = Math.min(64, n - numbers.length);
            let bits = 0n;
            const octets = Math.ceil(Number(width) * some / 8);
            for (let i = 0; i < octets; i++) {
                bits |= BigInt(this.octet()) << BigInt(8 * i);
            }
            const part = Array.from({ length: some }, (_, i) => BigInt.asUintN(Number(width), bits >> width * BigInt(i)));
            for (let i = 0; i < more; i++) {
                const index = this.octet();
                part[index] |= this.varint() << width;
            }
            numbers.push(...part.map(unzigzag));
        }
        return numbers;
    }
}

const sums = (steps, from = 0) => {
    for (let i = from + 1; i < steps.length; i++) {
        steps[i] = wrap(steps[i] + steps[i - 1]);
    }
    return steps;
};

function other(kind, octets) {
    const hex = () => Buffer.from(octets.counted()).toString('hex');
    switch (kind) {
        case REAL: return octets.int32();
        case 6: case 7: return octets.text();
        case 8: return null;
        case 9: return octets.octet();
        case 10: return [unzigzag(octets.varint()), unzigzag(octets.varint())];
        case 11: return octets.int32();
        case 12: {
            const raw = hex();
            const inner = octets.octet();
            return [raw, inner, inner === 31 ? null : other(inner, octets)];
        }
        case 13: return [hex(), Array.from({ length: Number(octets.varint()) }, () => [octets.text(), octets.text()])];
        case 14: return hex();
        case 15: return { missing: octets.varint(), cause: octets.octet() };
        default: return unzigzag(octets.varint());
    }
}

/** Samples of columns; `reals` are bits. */
function samples({ forms, offsets, skips, times, reals, wholes }, others) {
    let next = 0n;
    return forms.map((form, i) => {
        const kind = Number(form) & 31;
        const reading = kind === REAL ? reals.shift() : isWhole(kind) ? wholes.shift() : other(kind, others);
        const sequence = next + skips[i];
        next = sequence + (kind === 15 ? reading.missing : 1n);
        return { sequence, time: times[i], offset: offsets[i], source: Number(form) >> 5 & 3, flags: Number(form) >> 7, kind, reading };
    });
}

const counts = (forms) => {
    const kinds = forms.map((form) => Number(form) & 31);
    return [kinds.filter((kind) => kind === REAL).length, kinds.filter(isWhole).length];
};

function packed(bytes, n) {
    const octets = new Octets(bytes);
    const pieces = Array.from({ length: Number(octets.varint()) }, () => [octets.varint(), octets.varint()]);
    const forms = sums(octets.packedColumn(n));
    const offsets = sums(octets.packedColumn(n));
    const skips = octets.packedColumn(n);
    const times = sums(sums(octets.packedColumn(n), 1));
    const [r, w] = counts(forms);
    let reals = [];
    if (r > 0) {
        const divisor = [0, 1, 2, 4, 8, 10, 20, 100, 1000][octets.octet()];
        reals = sums(octets.packedColumn(r)).map((number) => divisor === 0 ? Number(BigInt.asIntN(32, number))
            : bitsOf(Number(number) / divisor));
    }
    const wholes = sums(octets.packedColumn(w));
    return { pieces, samples: samples({ forms, offsets, skips, times, reals, wholes }, octets) };
}

class RangeCoder {
    constructor(bytes) {
        this.bytes = bytes;
        this.at = 0;
        this.range = 0xFFFFFFFF;
        this.code = 0;
        for (let i = 0; i < 4; i++) {
            this.code = this.code * 256 + this.next();
        }
    }
    next() {
        return this.at < this.bytes.length ? this.bytes[this.at++] : 0;
    }
    shift() {
        while (this.range < 2 ** 24) {
            this.range *= 256;
            this.code = this.code * 256 + this.next();
        }
    }
    bit(contexts, name) {
        const context = contexts[name] ??= { p: 2 ** 21, c: 0 };
        const bound = (this.range >>> 16) * (context.p >>> 6 | 1);
        const bit = this.code < bound ? 0 : 1;
        this.code -= bit * bound;
        this.range = bit ? this.range - bound : bound;
        context.p += (((bit ? 0 : 2 ** 22 - 1) - context.p) >> 3) * Math.trunc(8192 / (context.c + 1.6)) >> 10;
        context.c = Math.min(127, context.c + 1);
        this.shift();
        return bit;
    }
    plain(bits) {
        let number = 0n;
        for (let left = bits; left > 0;) {
            const some = Math.min(16, left);
            this.range = this.range >>> some;
            const value = Math.floor(this.code / this.range);
            this.code -= value * this.range;
            this.shift();
            number = number << BigInt(some) | BigInt(value);
            left -= some;
        }
        return number;
    }
    number() {
        return unzigzag(this.plain(Number(this.plain(7))));
    }
    column(n) {
        if (n === 0) {
            return [];
        }
        const first = this.number();
        if (this.plain(1) === 1n) {
            return Array(n).fill(first);
        }
        const numbers = new Numbers(this);
        return sums([first, ...Array.from({ length: n - 1 }, () => numbers.next())]);
    }
}

class Numbers {
    constructor(coder) {
        Object.assign(this, { coder, contexts: {}, history: 0, last: 0n, before: 0n });
    }
    next() {
        const size = (number) => number === 0n ? 0 : Math.min(11, (number < 0n ? -number : number).toString(2).length);
        const sign = (number) => number > 0n ? 1 : number < 0n ? -1 : 0;
        const { coder, contexts, last, before } = this;
        const not0 = coder.bit(contexts, `z${this.history & 7},${size(last)}`);
        this.history = this.history << 1 | not0;
        let number = 0n;
        if (not0) {
            const negative = coder.bit(contexts, `s${sign(last)},${sign(before)}`);
            const larger = Math.max(size(last), size(before));
            let below = 0;
            while (below < 63 && coder.bit(contexts, `n${larger},${below}`)) {
                below++;
            }
            number = 1n;
            let left = below;
            for (; left > 0 && below - left < 4; left--) {
                number = number << 1n | BigInt(coder.bit(contexts, `b${below},${number}`));
            }
            number = number << BigInt(left) | coder.plain(left);
            number = wrap(negative ? -number : number);
        }
        this.before = last;
        this.last = number;
        return number;
    }
}

function times(coder, n) {
    const first = coder.number();
    const unit = [6000n, 100n, 1n][Number(coder.number())];
    const how = Number(coder.plain(2));
    const period = coder.number();
    const found = [0n];
    if (how === 0) {
        found.push(...Array.from({ length: n - 1 }, (_, i) => period * BigInt(i + 1)));
    } else if (how === 1) {
        const steps = new Numbers(coder);
        while (found.length < n) {
            found.push(found.at(-1) + period + steps.next());
        }
    } else {
        const phase = coder.number();
        const middle = how === 3 ? period / 2n : 0n;
        const [a, b, c, contexts] = [new Numbers(coder), new Numbers(coder), new Numbers(coder), {}];
        const floor = (x, y) => (x - ((x % y) + y) % y) / y;
        let slot = floor(wrap(middle - phase), period);
        let offset = wrap(-phase) - slot * period;
        let history = 0;
        while (found.length < n) {
            const miss = coder.bit(contexts, `${history & 7},${offset === 0n}`);
            history = history << 1 | miss;
            if (miss) {
                const further = a.next() + 1n;
                slot += further;
                offset = further === 0n ? offset + b.next() : c.next();
            } else {
                slot++;
                offset = 0n;
            }
            found.push(wrap(phase + slot * period + offset));
        }
    }
    return found.map((time) => wrap(first + time * unit));
}

const ofRising = (number) => {
    const bits = Number(number);
    return bits < 0 ? bits ^ 0x7FFFFFFF : bits;
};

function reals(coder, n) {
    if (n === 0) {
        return [];
    }
    const how = Number(coder.plain(2));
    if (how === 0) {
        return coder.column(n).map(ofRising);
    }
    if (how === 3) {
        const list = coder.column(Number(coder.number()));
        return coder.column(n).map((index) => ofRising(list[Number(index)]));
    }
    const divisor = how === 1 ? Number(coder.number()) : 1;
    const step = how === 2 ? new Float64Array(new BigInt64Array([coder.plain(64)]).buffer)[0] : 1;
    const strays = {};
    if (coder.plain(1) === 1n) {
        const contexts = {};
        let history = 0;
        for (let i = 0; i < n; i++) {
            const stray = coder.bit(contexts, history & 3);
            history = history << 1 | stray;
            if (stray) {
                strays[i] = Number(BigInt.asIntN(32, coder.plain(32)));
            }
        }
    }
    return coder.column(n).map((number, i) => strays[i] ?? bitsOf(how === 1 ? Number(number) / divisor : Number(number) * step));
}

function rangeCoded(bytes, n) {
    const octets = new Octets(bytes);
    const box = new Octets(octets.counted());
    const length = box.bytes.length > 0 ? Number(box.varint()) : 0;
    const rest = box.bytes.subarray(box.at);
    const others = new Octets(length > 0 ? inflateRawSync(rest) : rest);
    const coder = new RangeCoder(bytes.subarray(octets.at));
    const size = Number(coder.number());
    const gaps = coder.column(size);
    const inEach = coder.column(size);
    const pieces = gaps.map((gap, i) => [gap, inEach[i]]);
    const [forms, offsets, skips] = [coder.column(n), coder.column(n), coder.column(n)];
    const [r, w] = counts(forms);
    const columns = { forms, offsets, skips, times: times(coder, n), reals: reals(coder, r), wholes: coder.column(w) };
    return { pieces, samples: samples(columns, others) };
}

test('both codecs, read as the page says, give the same samples', () => {
    const [first, second] = [1, 2].map((codec) => new Octets(readFileSync(
        new URL(`../resources/org/coppercube/archive/codec-${codec}.bin`, import.meta.url))));
    const lengths = [49, 200, 200, 200, 200, 200, 200, 200, 200, 200, 19];
    for (const length of lengths) {
        const one = packed(first.counted(), length);
        assert.equal(one.samples.length, length);
        assert.deepEqual(rangeCoded(second.counted(), length), one);
    }
    assert.equal(first.at, first.bytes.length);
    assert.equal(second.at, second.bytes.length);
});

test('the samples are those that were written', () => {
    const first = new Octets(readFileSync(new URL('../resources/org/coppercube/archive/codec-1.bin', import.meta.url)));
    const { samples: all } = packed(first.counted(), 49);
    assert.deepEqual(all.slice(0, 4).map((sample) => floatOf(sample.reading)), [21.5, -0, 0, Math.fround(0.1)]);
    assert.equal(all[0].sequence, 1n);
    assert.equal(all.at(-1).reading.missing, 4_000_000_000n);
    const { samples: tenths } = packed(first.counted(), 200);
    tenths.forEach((sample, i) => {
        assert.equal(floatOf(sample.reading), Math.fround(i % 37 / 10));
        assert.equal(sample.time, 90_000n * BigInt(i));
        assert.equal(sample.offset, 60n);
    });
});
