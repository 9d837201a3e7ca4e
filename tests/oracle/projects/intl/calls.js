// What public servers ask of Intl, and its corners: some 600 calls, whose answers must be Bun's.
const moment = new Date(Date.UTC(2025, 2, 1, 4, 5, 6, 78));
const evening = new Date(Date.UTC(2025, 6, 14, 21, 30));
const LOCALES = [
  "en",
  "en-GB",
  "de",
  "de-CH",
  "fr",
  "es",
  "it",
  "pt",
  "pt-PT",
  "nl",
  "pl",
  "sv",
  "ja",
  "zh",
  "ar-EG",
];

const number =
  (locale, options, value = 1234.5) =>
  () =>
    new Intl.NumberFormat(locale, options).format(value);
const date =
  (locale, options, time = moment) =>
  () =>
    new Intl.DateTimeFormat(locale, options).format(time);
const range =
  (locale, options, end, start = moment) =>
  () =>
    new Intl.DateTimeFormat(locale, options).formatRange(start, end);
const parts = (format, ...values) => format.formatToParts(...values);
const clock = { hour: "2-digit", minute: "2-digit" };
const usd = { style: "currency", currency: "USD" };
const euro = { style: "currency", currency: "EUR" };

const CLOCKS = [
  ...["numeric", "2-digit"].flatMap((hour) => [
    { hour },
    { hour, minute: "2-digit" },
    { hour, minute: "2-digit", second: "2-digit" },
    { hour, timeZoneName: "long" },
    { month: "2-digit", day: "2-digit", hour, minute: "2-digit" },
    { year: "numeric", month: "numeric", day: "2-digit", hour, minute: "2-digit" },
  ]),
  { timeStyle: "medium" },
  { dateStyle: "medium", timeStyle: "long" },
  { weekday: "long", day: "numeric" },
  { weekday: "long", hour: "numeric" },
  { minute: "numeric", second: "numeric" },
];
const NUMBER_RANGES = [
  {},
  { notation: "compact" },
  { notation: "scientific" },
  { style: "percent", signDisplay: "exceptZero" },
  { style: "unit", unit: "kilometer", unitDisplay: "long" },
  { style: "unit", unit: "day", notation: "compact" },
  { style: "currency", currency: "EUR", currencyDisplay: "name" },
  { style: "currency", currency: "EUR", currencyDisplay: "code" },
];

export const tables = {
  numbers: [
    ...LOCALES.map((locale) => number(locale)),
    ...LOCALES.map((locale) => number(locale, euro)),
    ...LOCALES.map((locale) =>
      number(locale, { style: "percent", maximumFractionDigits: 1 }, 0.256),
    ),
    ...LOCALES.map((locale) => number(locale, { notation: "compact" }, 1234567)),
    number("en", usd, -1234.5),
    number("en", { ...usd, currencySign: "accounting" }, -1234.5),
    number("en", { ...usd, currencyDisplay: "name" }, 1),
    number("de", { ...usd, currencyDisplay: "name" }, 2),
    number("en-CA", { ...usd, currencyDisplay: "narrowSymbol" }),
    number("en", { style: "currency", currency: "JPY" }),
    number("en", { style: "currency", currency: "CHF", currencyDisplay: "code" }),
    number("en", { ...usd, minimumFractionDigits: 0 }, 5),
    number("en", { ...usd, trailingZeroDisplay: "stripIfInteger" }, 5),
    number("en", { style: "unit", unit: "kilometer-per-hour" }, 50),
    number("de", { style: "unit", unit: "liter", unitDisplay: "long" }, 16),
    number("fr", { style: "unit", unit: "megabyte", unitDisplay: "narrow" }, 1.5),
    number("en", { style: "unit", unit: "celsius" }, -3),
    number("pl", { style: "unit", unit: "day", unitDisplay: "long" }, 5),
    number("en", { notation: "compact", compactDisplay: "long" }, 987654321),
    number("es", { notation: "compact", compactDisplay: "long" }, 1e6),
    number("ja", { notation: "compact" }, 123456789),
    number("en-IN", {}, 12345678),
    number("en", { notation: "scientific" }, 123456),
    number("en", { notation: "engineering" }, 123456),
    number("en", { signDisplay: "exceptZero" }, 5),
    number("en", { signDisplay: "always" }, 0),
    number("en", { useGrouping: false }, 1234567),
    number("es", { useGrouping: "always" }, 1234),
    number("es", {}, 1234),
    number("en", { minimumIntegerDigits: 2 }, 5),
    number("en", { maximumFractionDigits: 2 }, 1.005),
    number("en", { maximumFractionDigits: 0, roundingMode: "halfEven" }, 2.5),
    number("en", { maximumFractionDigits: 0, roundingMode: "floor" }, -2.5),
    number("en", { maximumSignificantDigits: 3 }, 123456),
    number("en", { minimumSignificantDigits: 5 }, 1.5),
    number(
      "en",
      { roundingIncrement: 5, minimumFractionDigits: 2, maximumFractionDigits: 2 },
      1.23,
    ),
    number(
      "en",
      { maximumFractionDigits: 1, maximumSignificantDigits: 2, roundingPriority: "morePrecision" },
      12.345,
    ),
    number("en", {}, NaN),
    number("en", {}, -Infinity),
    number("en", {}, -0),
    number("en", {}, 123456789012345678901234567890n),
    number("en", {}, "12345678901234567890.125"),
    number("en-u-nu-deva", {}, 123),
    number("en", { numberingSystem: "arab" }, 123),
    () => parts(new Intl.NumberFormat("de", euro), -1234567.891),
    () => parts(new Intl.NumberFormat("en", { notation: "compact" }), 1500),
    () => new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).formatRange(3, 5),
    () => new Intl.NumberFormat("en", { ...euro, maximumFractionDigits: 0 }).formatRange(3, 5),
    () => new Intl.NumberFormat("en", { ...euro, maximumFractionDigits: 0 }).formatRange(2.9, 3.1),
    () => new Intl.NumberFormat("en", usd).resolvedOptions(),
    () => new Intl.NumberFormat("xx").resolvedOptions().locale,
    () => new Intl.NumberFormat(["tlh", "de-AT"]).resolvedOptions().locale,
  ],
  dates: [
    ...LOCALES.map((locale) => date(locale)),
    ...LOCALES.map((locale) => date(locale, clock)),
    ...LOCALES.map((locale) => date(locale, { dateStyle: "full", timeStyle: "short" })),
    ...LOCALES.map((locale) => date(locale, { weekday: "short", month: "long", day: "numeric" })),
    ...["full", "long", "medium", "short"].map((dateStyle) => date("en", { dateStyle })),
    ...["full", "long", "medium", "short"].map((timeStyle) => date("de", { timeStyle })),
    date("en", { month: "long", day: "numeric", hour: "numeric" }),
    date("en", { year: "2-digit", month: "2-digit", day: "2-digit" }),
    date("de", { year: "numeric", month: "2-digit", day: "2-digit" }),
    date("sv", { dateStyle: "short" }),
    date("en", { month: "short", year: "numeric" }),
    date("en", { weekday: "long" }),
    date("en", { era: "short" }),
    date("en", { ...clock, hour12: false }),
    date("en", { ...clock, hourCycle: "h24" }, new Date(0)),
    date("ja-JP", { hour: "numeric", hour12: true }, new Date(0)),
    date("de", { hour: "numeric", hour12: true }),
    date("en", { hour: "numeric", dayPeriod: "short" }, evening),
    date("en", { minute: "2-digit", second: "2-digit", fractionalSecondDigits: 2 }),
    ...[
      "America/New_York",
      "Europe/Berlin",
      "Asia/Kolkata",
      "Australia/Sydney",
      "+05:30",
      "UTC",
    ].flatMap((timeZone) => [
      date("en", { timeZone, dateStyle: "short", timeStyle: "long" }),
      date("en", { timeZone, timeStyle: "full" }, evening),
      date("de", { timeZone, timeZoneName: "shortOffset" }, evening),
      date("fr", { timeZone, timeZoneName: "long" }, evening),
    ]),
    date("en", { timeZone: "America/Los_Angeles", timeZoneName: "longGeneric" }),
    date("en", { timeZone: "Europe/Berlin" }, new Date(Date.UTC(1940, 6, 1))),
    date("en", { timeZone: "Europe/Berlin", timeStyle: "long" }, new Date(Date.UTC(2090, 6, 1))),
    () => parts(new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "short" }), moment),
    () => parts(new Intl.DateTimeFormat("ja", { dateStyle: "full" }), moment),
    () => new Intl.DateTimeFormat("en", { ...clock, timeZone: "europe/berlin" }).resolvedOptions(),
    () => new Intl.DateTimeFormat("de").resolvedOptions(),
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  ],
  ranges: [
    range("en", { dateStyle: "medium" }, evening),
    range("en", { dateStyle: "medium" }, new Date(Date.UTC(2025, 2, 5))),
    range("de", { dateStyle: "long" }, new Date(Date.UTC(2025, 2, 5))),
    range("fr", { month: "short", day: "numeric" }, new Date(Date.UTC(2025, 2, 5))),
    range("en", { dateStyle: "medium", timeStyle: "short" }, new Date(Date.UTC(2025, 2, 1, 6))),
    range("en", { hour: "numeric", minute: "2-digit" }, new Date(Date.UTC(2025, 2, 1, 16))),
    range("ja", { year: "numeric", month: "long" }, evening),
    range("en", {}, moment),
    () =>
      new Intl.DateTimeFormat("en", { dateStyle: "medium" }).formatRangeToParts(moment, evening),
    ...["de", "en", "fr", "ja", "ar-EG", "zh-TW", "nl", "en-GB"].flatMap((locale) =>
      CLOCKS.map((options) => () => {
        const format = new Intl.DateTimeFormat(locale, options);
        return [60, 600, 1500, 60_000].map((minutes) =>
          format.formatRange(moment, new Date(moment.getTime() + minutes * 60_000)),
        );
      }),
    ),
    ...NUMBER_RANGES.flatMap((options) =>
      ["en", "de", "fr", "pl", "zh"].map((locale) => () => {
        const format = new Intl.NumberFormat(locale, options);
        return [format.formatRange(1, 12_345), format.formatRange(-2, 5), format.formatRange(3, 3)];
      }),
    ),
  ],
  words: [
    ...["en", "de", "es", "ja", "he"].flatMap((locale) =>
      ["conjunction", "disjunction", "unit"].map(
        (type) => () => new Intl.ListFormat(locale, { type }).format(["a", "b", "c"]),
      ),
    ),
    () => new Intl.ListFormat("es").format(["uva", "iglesia"]),
    () => new Intl.ListFormat("en", { style: "short" }).formatToParts(new Set(["x", "y"])),
    ...["en", "de", "pl", "ar", "zh"].flatMap((locale) =>
      [-1, 0, 3, 22].flatMap((value) => [
        () => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(value, "day"),
        () => new Intl.RelativeTimeFormat(locale, { style: "short" }).format(value, "months"),
      ]),
    ),
    () => new Intl.RelativeTimeFormat("en").formatToParts(-1234, "second"),
    ...["en", "fr", "pl", "ar", "ja"].flatMap((locale) => [
      () => [0, 1, 2, 3, 5, 11, 21, 1.5].map((value) => new Intl.PluralRules(locale).select(value)),
      () =>
        [1, 2, 3, 4, 11].map((value) =>
          new Intl.PluralRules(locale, { type: "ordinal" }).select(value),
        ),
      () => new Intl.PluralRules(locale).resolvedOptions().pluralCategories,
    ]),
    () => new Intl.PluralRules("en").selectRange(1, 2),
    () => [...new Intl.Segmenter("en", { granularity: "word" }).segment("Hi, you 👩‍🚀!")],
    () => [...new Intl.Segmenter("fr", { granularity: "sentence" }).segment("Un. Deux? Trois")],
    () => new Intl.Segmenter("en").segment("a👩‍🚀b").containing(3),
  ],
  order: [
    ...["en", "de", "sv", "es", "ja", "zh"].map(
      (locale) => () =>
        ["z", "ä", "a", "Z", "ñ", "n", "o", "日", "一", "10", "9", "_", "é"].sort(
          new Intl.Collator(locale).compare,
        ),
    ),
    () => ["item 10", "item 9", "Item 1"].sort(new Intl.Collator("en", { numeric: true }).compare),
    ...["base", "accent", "case", "variant"].map(
      (sensitivity) => () =>
        ["a", "á", "A", "b"].map((it) => new Intl.Collator("en", { sensitivity }).compare("a", it)),
    ),
    () => ["a", "A", "b", "B"].sort(new Intl.Collator("en", { caseFirst: "upper" }).compare),
    () => ["Äpfel", "Apfel", "Aerger"].sort(new Intl.Collator("de-u-co-phonebk").compare),
    () => new Intl.Collator("en", { ignorePunctuation: true }).compare("a-b", "ab"),
    () => new Intl.Collator("de-u-kn").resolvedOptions(),
    () => [
      "a".localeCompare("b"),
      "a".localeCompare("A"),
      "ä".localeCompare("z", "sv"),
      "a".localeCompare("a"),
    ],
    () => "résumé".localeCompare("resume", undefined, { sensitivity: "base" }),
  ],
  methods: [
    () => [moment.toLocaleString(), moment.toLocaleDateString(), moment.toLocaleTimeString()],
    () => moment.toLocaleTimeString([], clock),
    () => moment.toLocaleTimeString("en-US", { hour: "2-digit", minute: "2-digit", hour12: false }),
    () => moment.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" }),
    () => moment.toLocaleDateString("de-DE", { weekday: "long", timeZone: "America/New_York" }),
    () => moment.toLocaleString("sv-SE", { timeZone: "Europe/Stockholm" }),
    () => new Date(NaN).toLocaleString(),
    () => (1234.5).toLocaleString(),
    () => (1234.5).toLocaleString("en-US", usd),
    () => (0.5).toLocaleString(undefined, { style: "percent" }),
    () => 12345678901234567890n.toLocaleString("de"),
    () => [1234.5, moment, null, "x", [2000]].toLocaleString("de", { timeZone: "UTC" }),
    () => new Float64Array([1.5, 2000]).toLocaleString("de"),
    () => ["iki".toLocaleUpperCase("tr"), "I".toLocaleLowerCase("tr"), "ß".toLocaleUpperCase()],
    () => [
      "Ά".toLocaleUpperCase("el"),
      "ΑΣ".toLocaleLowerCase(),
      "i".toLocaleUpperCase(["en", "tr"]),
    ],
    () => Intl.getCanonicalLocales(["EN-us", "zh-hant-tw", "iw"]),
    () => Intl.NumberFormat.supportedLocalesOf(["de-DE", "en-u-nu-arab"]),
    () => ["timeZone", "unit", "numberingSystem"].map((key) => Intl.supportedValuesOf(key)),
    () => String(new Intl.Locale("de-latn-at", { hourCycle: "h12" })),
    () => [String(Intl), Object.keys(Intl), Object.prototype.toString.call(new Intl.Collator())],
    () => [1000, 2000].map(new Intl.NumberFormat("de").format),
  ],
  tags: [
    ...[
      "en",
      "en-GB",
      "de",
      "ar",
      "he",
      "fa-IR",
      "zh-TW",
      "ja",
      "pt-BR",
      "ur-Latn",
      "xx",
      "en-IN",
      "uk-UA",
    ].map((tag) => () => {
      const locale = new Intl.Locale(tag);
      return [
        String(locale.maximize()),
        String(locale.minimize()),
        locale.getTextInfo(),
        locale.getWeekInfo(),
        locale.getHourCycles(),
        locale.getCalendars(),
        locale.getTimeZones(),
      ];
    }),
    ...["de", "zh", "fr-CA", "sv"].map((tag) => () => new Intl.Locale(tag).getCollations()),
    ...["de", "ar-EG", "hi"].map((tag) => () => new Intl.Locale(tag).getNumberingSystems()),
    () => new Intl.Locale("sl-rozaj-biske").variants,
    () => new Intl.Locale("de").variants,
    () => new Intl.Locale("de-u-fw-sun").getWeekInfo(),
    () => new Intl.Locale("de-u-ca-hebrew-hc-h12-co-phonebk").getCalendars(),
    () => new Intl.Locale("de-u-ca-hebrew-hc-h12-co-phonebk").getHourCycles(),
    () => new Intl.Locale("de-u-ca-hebrew-hc-h12-co-phonebk").getCollations(),
    ...[
      ["en-t-de-u-ca-buddhist", { hourCycle: "h23" }],
      ["en-x-house", {}],
      ["en", { language: "de-AT" }],
      ["en", { language: "sr", script: "cyrl", region: "rs" }],
      ["ca-valencia", { region: "ES" }],
      ["de-1996", { script: "Latn" }],
      ["en", { hourCycle: "h99" }],
      ["en", { caseFirst: "none" }],
      ["en", { calendar: "a" }],
      ["en", { firstDayOfWeek: 1 }],
      ["en", { firstDayOfWeek: "sun" }],
      ["en", { firstDayOfWeek: "9" }],
      ["en-u-kn-false", { numeric: true }],
      ["root", {}],
      ["", {}],
    ].map(
      ([tag, options]) =>
        () =>
          String(new Intl.Locale(tag, options)),
    ),
  ],
  unknown: [
    () => new Intl.DateTimeFormat("tlh").resolvedOptions().locale,
    () => new Intl.DateTimeFormat("tlh").format(moment),
    () => new Intl.NumberFormat(["tlh", "de"]).resolvedOptions().locale,
    () => Intl.Collator.supportedLocalesOf(["tlh", "de"]),
    () => (1234.5).toLocaleString("tlh-Latn-DE-u-nu-latn"),
  ],
  errors: [
    () => (1).toLocaleString("e"),
    () => (1).toLocaleString(null),
    () => (1).toLocaleString("en_US"),
    () => (1).toLocaleString("en", { style: "money" }),
    () => (1).toLocaleString("en", { style: "currency" }),
    () => (1).toLocaleString("en", { style: "currency", currency: "dollar" }),
    () => (1).toLocaleString("en", { style: "unit", unit: "parsec" }),
    () => (1).toLocaleString("en", { maximumFractionDigits: 101 }),
    () => (1).toLocaleString("en", { minimumFractionDigits: 4, maximumFractionDigits: 2 }),
    () => moment.toLocaleString("en", { timeZone: "Mars/Olympus" }),
    () => moment.toLocaleString("en", { dateStyle: "short", hour: "numeric" }),
    () => moment.toLocaleDateString("en", { timeStyle: "short" }),
    () => new Intl.DateTimeFormat("en").format(new Date(NaN)),
    () => new Intl.NumberFormat("en", null),
    () => Intl.PluralRules("en"),
    () => new Intl.RelativeTimeFormat("en").format(1, "decade"),
    () => new Intl.RelativeTimeFormat("en").format(Infinity, "day"),
    () => new Intl.ListFormat("en").format([1]),
    () => new Intl.Collator("en", { sensitivity: "none" }),
    () => Intl.supportedValuesOf("planet"),
    () => Intl.supportedValuesOf("constructor"),
    () => (1).toLocaleString({ [Symbol.toStringTag]: "Intl.Locale", toString: () => "../.." }),
    () => Intl.NumberFormat.prototype.format,
    () => Symbol() + (1).toLocaleString(),
  ],
};
