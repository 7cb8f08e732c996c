// SPDX-FileCopyrightText: Tocsin contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The helpers of body templates, for Handlebars: written from what README.md says of them.

export function textOf(value) {
    if (value === undefined || value === null) return "";
    return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const isNothing = (value) => value === undefined || value === null;

function isTrue(value) {
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function isEqual(a, b) {
    if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b);
    if (typeof a !== "object" || typeof b !== "object") return a === b;
    if (Array.isArray(a) !== Array.isArray(b)) return false;
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => name in b && isEqual(a[name], b[name]));
}

const pad = (number, width) => String(number).padStart(width, "0");
const days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];

// Milliseconds since 1970; undefined where the value is no time.
function momentOf(value) {
    const text = typeof value === "number" || typeof value === "string" ? String(value) : "";
    const digits = /^(-?)([0-9]+)(?:\.([0-9]+))?$/.exec(text);
    if (digits) {
        const sum = Number(digits[2]) * 1000 + Number((digits[3] ?? "").padEnd(3, "0").slice(0, 3));
        const cut = /[1-9]/.test((digits[3] ?? "").slice(3));
        return digits[1] ? -sum - (cut ? 1 : 0) : sum;
    }
    if (typeof value !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}T/i.test(text)) return undefined;
    const moment = Date.parse(text.toUpperCase());
    return Number.isNaN(moment) ? undefined : moment;
}

const zones = new Map();
function offsetOf(moment, zone) { // in minutes
    if (!zone || zone === "UTC") return 0;
    if (!zones.has(zone)) {
        zones.set(zone, new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }));
    }
    const name = zones.get(zone).formatToParts(moment).find((part) => part.type === "timeZoneName").value;
    const offset = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name);
    return offset[1] ? (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3])) : 0;
}

function formatted(moment, format, zone) {
    const offset = offsetOf(moment, zone);
    const at = new Date(moment + offset * 60_000);
    if (format === "iso") {
        const shown = at.toISOString().slice(0, -1);
        if (!zone || zone === "UTC") return shown + "Z";
        const size = Math.abs(offset);
        return shown + (offset < 0 ? "-" : "+") + pad(Math.floor(size / 60), 2) + ":" + pad(size % 60, 2);
    }
    const hour = at.getUTCHours();
    const isHalf = /a/i.test(format.replace(/'(?:[^']|'')*'/g, ""));
    const letters = {
        yyyy: () => pad(at.getUTCFullYear(), 4), yy: () => pad(at.getUTCFullYear() % 100, 2),
        MMMM: () => months[at.getUTCMonth()], MMM: () => months[at.getUTCMonth()].slice(0, 3),
        MM: () => pad(at.getUTCMonth() + 1, 2), M: () => String(at.getUTCMonth() + 1),
        dddd: () => days[at.getUTCDay()], ddd: () => days[at.getUTCDay()].slice(0, 3),
        dd: () => pad(at.getUTCDate(), 2), d: () => String(at.getUTCDate()),
        HH: () => pad(hour, 2), H: () => String(hour),
        hh: () => pad(isHalf ? (hour + 11) % 12 + 1 : hour, 2), h: () => String(isHalf ? (hour + 11) % 12 + 1 : hour),
        mm: () => pad(at.getUTCMinutes(), 2), m: () => String(at.getUTCMinutes()),
        ss: () => pad(at.getUTCSeconds(), 2), s: () => String(at.getUTCSeconds()),
        zzz: () => pad(at.getUTCMilliseconds(), 3), AP: () => (hour < 12 ? "AM" : "PM"), ap: () => (hour < 12 ? "am" : "pm"),
    };
    return format.replace(/'((?:[^']|'')*)'|yyyy|yy|M{1,4}|d{1,4}|HH?|hh?|mm?|ss?|zzz|AP|ap/g,
        (found, quoted) => (quoted !== undefined ? quoted.replace(/''/g, "'") || "'" : letters[found]()));
}

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const unescaped = (text) => text.replace(/\\(?:([nt])|u((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}))/g,
    (_, letter, digits) => (digits ? String.fromCharCode(parseInt(digits, 16)) : letter === "n" ? "\n" : "\t"));
const given = (values) => values.slice(0, -1); // without Handlebars' options

export const helpers = {
    eq: (a, b) => isEqual(a, b),
    ne: (a, b) => !isEqual(a, b),
    and: (...values) => given(values).every(isTrue),
    or: (...values) => given(values).some(isTrue),
    not: (value) => !isTrue(value),
    in: (value, ...values) => given(values).some(
        (one) => (Array.isArray(one) ? one.some((item) => isEqual(value, item)) : isEqual(value, one))),
    map: (value, { hash }) => {
        const isText = !isNothing(value) && typeof value !== "object";
        return isText && textOf(value) !== "else" && Object.hasOwn(hash, textOf(value)) ? hash[textOf(value)] : hash.else;
    },
    default: (value, otherwise) => (isNothing(value) || value === false || value === "" ? otherwise : value),
    join: (list, ...rest) => {
        const separator = unescaped(rest.length > 1 ? rest[0] : ", ");
        return Array.isArray(list) ? list.filter((item) => !isNothing(item)).map(textOf).join(separator) : textOf(list);
    },
    count: (value) => (isNothing(value) ? 0 : typeof value === "object" ? Object.keys(value).length : 1),
    upper: (value) => textOf(value).toUpperCase(),
    lower: (value) => textOf(value).toLowerCase(),
    truncate: (value, length) => {
        const text = textOf(value);
        if (text.length <= length) return text;
        let kept = 0;
        for (const { index, segment } of segmenter.segment(text)) {
            if (index + segment.length >= length) break;
            kept = index + segment.length;
        }
        if (kept === 0 && length > 1) kept = length - (/[\ud800-\udbff]/.test(text[length - 2]) ? 2 : 1);
        return text.slice(0, kept) + "…";
    },
    replace: (value, ...rest) => {
        const texts = given(rest).map(unescaped);
        const text = textOf(value);
        let made = "";
        for (let at = 0; at < text.length;) {
            const found = texts.findIndex((one, i) => i % 2 === 0 && text.startsWith(one, at));
            made += found < 0 ? text[at] : texts[found + 1];
            at += found < 0 ? 1 : texts[found].length;
        }
        return made;
    },
    date: (value, ...rest) => {
        const { hash } = rest[rest.length - 1];
        const format = rest.length > 1 ? rest[0] : "iso";
        const moment = momentOf(value);
        if (moment === undefined) return value;
        return format === "unix" ? Math.floor(moment / 1000) : formatted(moment, format, hash.tz);
    },
    json: (value) => JSON.stringify(value === undefined ? null : value),
};
