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

class Coder {
    constructor(bytes) {
        this.words = new Octets(bytes);
        this.x = this.words.int32();
    }
    place(bits) {
        return this.x % 2 ** bits;
    }
    step(start, frequency, bits) {
        this.x = frequency * Math.floor(this.x / 2 ** bits) + this.place(bits) - start;
        if (this.x < 2 ** 15) {
            this.x = this.x * 2 ** 16 + this.words.octet() * 256 + this.words.octet();
        }
    }
    plain(bits) {
        if (bits > 15) {
            return this.plain(bits - 15) << 15n | this.plain(15);
        }
        const number = this.place(bits);
        if (bits > 0) {
            this.step(number, 1, bits);
        }
        return BigInt(number);
    }
    number() {
        return unzigzag(this.plain(Number(this.plain(7))));
    }
    small() {
        let bits = 0;
        while (this.plain(1) === 1n) {
            bits++;
        }
        return Number(unzigzag((1n << BigInt(bits) | this.plain(bits)) - 1n));
    }
    column(n) {
        if (n === 0) {
            return [];
        }
        const base = this.number();
        const steps = this.plain(1) === 1n;
        const unit = this.plain(1) === 1n ? this.number() : 1n;
        let before = base;
        return this.rests(n).map((rest) => {
            const number = wrap(before + rest * unit);
            before = steps ? number : base;
            return number;
        });
    }
    columnOrOne(n) {
        return this.plain(1) === 1n ? Array(n).fill(this.column(1)[0]) : this.column(n);
    }
    rests(n) {
        const largest = Number(this.plain(8));
        if (largest === 0) {
            return Array(n).fill(0n);
        }
        const contexts = [0, 1, 6][Number(this.plain(2))];
        if (contexts === 0) {
            return Array.from({ length: n }, () => {
                const negative = this.plain(1) === 1n;
                const magnitude = this.plain(Math.ceil(largest / 2));
                return wrap(negative ? -magnitude : magnitude);
            });
        }
        const tables = Array.from({ length: contexts }, () => this.frequencies(largest));
        let [last, before] = [0, 0];
        return Array.from({ length: n }, () => {
            const context = contexts === 1 ? 0 : Math.max(last, before);
            const place = this.place(10);
            const { symbol, start, frequency } = tables[context].find((each) => place < each.start + each.frequency);
            this.step(start, frequency, 10);
            const size = Math.ceil(symbol / 2);
            [last, before] = [Math.min(5, Math.ceil(size / 2)), last];
            const magnitude = size === 0 ? 0n : 1n << BigInt(size - 1) | this.plain(size - 1);
            return wrap(symbol % 2 === 1 ? magnitude : -magnitude);
        });
    }
    frequencies(largest) {
        const levels = [];
        for (let symbol = 0; symbol <= largest; symbol++) {
            levels.push(this.small() + (levels[symbol - 2] ?? 0));
        }
        const weights = levels.map((level) => level < 2 ? level : (2 + level % 2) * 2 ** (Math.floor(level / 2) - 1));
        const all = weights.reduce((sum, weight) => sum + weight, 0);
        const rest = 1024 - weights.filter((weight) => weight > 0).length;
        const start = (symbol) => weights.slice(0, symbol).filter((weight) => weight > 0).length
            + Math.floor(weights.slice(0, symbol).reduce((sum, weight) => sum + weight, 0) * rest / all);
        return weights.map((_, symbol) => ({ symbol, start: start(symbol), frequency: start(symbol + 1) - start(symbol) }))
            .filter(({ frequency }) => frequency > 0);
    }
}

function times(coder, n) {
    const first = coder.number();
    const unit = [6000n, 100n, 1n][Number(coder.number())];
    const how = Number(coder.plain(2));
    const [period, phase] = [coder.number(), coder.number()];
    const found = [0n];
    if (how === 0) {
        found.push(...Array.from({ length: n - 1 }, (_, i) => period * BigInt(i + 1)));
    } else if (how === 1) {
        coder.column(n - 1).forEach((step) => found.push(wrap(found.at(-1) + step)));
    } else {
        const misses = Number(coder.number()) - 1;
        const [hits, further, offsets] = [coder.column(misses), coder.column(misses), coder.column(misses)];
        const floor = (x, y) => (x - ((x % y) + y) % y) / y;
        let slot = floor(wrap((how === 3 ? period / 2n : 0n) - phase), period);
        const onTime = () => wrap(phase + slot * period);
        const hit = () => {
            slot++;
            found.push(onTime());
        };
        for (let miss = 0; miss < misses; miss++) {
            for (let i = 0n; i < hits[miss]; i++) {
                hit();
            }
            slot += further[miss];
            found.push(wrap((further[miss] === 0n ? found.at(-1) : onTime()) + offsets[miss]));
        }
        while (found.length < n) {
            hit();
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
        let place = 0;
        for (const gap of coder.column(Number(coder.number()))) {
            place += Number(gap);
            strays[place] = Number(BigInt.asIntN(32, coder.plain(32)));
        }
    }
    return coder.column(n).map((number, i) => strays[i] ?? bitsOf(how === 1 ? Number(number) / divisor : Number(number) * step));
}

function entropyCoded(bytes, n) {
    const octets = new Octets(bytes);
    const box = new Octets(octets.counted());
    const length = box.bytes.length > 0 ? Number(box.varint()) : 0;
    const rest = box.bytes.subarray(box.at);
    const others = new Octets(length > 0 ? inflateRawSync(rest) : rest);
    const coder = new Coder(bytes.subarray(octets.at));
    const size = Number(coder.number());
    const gaps = coder.column(size);
    const inEach = coder.column(size);
    const pieces = gaps.map((gap, i) => [gap, inEach[i]]);
    const [forms, offsets, skips] = [coder.columnOrOne(n), coder.columnOrOne(n), coder.columnOrOne(n)];
    skips[0] += coder.number();
    const [r, w] = counts(forms);
    const columns = { forms, offsets, skips, times: times(coder, n), reals: reals(coder, r), wholes: coder.column(w) };
    assert.deepEqual([coder.x, coder.words.at], [2 ** 15, coder.words.bytes.length]);
    return { pieces, samples: samples(columns, others) };
}

test('both codecs, read as the page says, give the same samples', () => {
    const [first, second] = [1, 2].map((codec) => new Octets(readFileSync(
        new URL(`../resources/org/coppercube/archive/codec-${codec}.bin`, import.meta.url))));
    const lengths = [49, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 2048, 19];
    for (const length of lengths) {
        const one = packed(first.counted(), length);
        assert.equal(one.samples.length, length);
        assert.deepEqual(entropyCoded(second.counted(), length), one);
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
