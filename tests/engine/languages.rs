//! `Intl` in learners' servers: what no language is meant for is refused or answered at once, and what is answered
//! otherwise than was asked is said in the console.

use hxlab::engine::message::FromRun;

use super::stage::{Actor, endless, engine, project};

/// What a request's path names, by its name.
const SERVER: &str = r#"
const long = "x".repeat(1e6);
const cases = {
  style: () => new Intl.NumberFormat("en", { style: long }),
  currency: () => new Intl.NumberFormat("en", { style: "currency", currency: long }),
  unit: () => new Intl.NumberFormat("en", { style: "unit", unit: `meter-per-${long}` }),
  zone: () => new Intl.DateTimeFormat("en", { timeZone: long }),
  oddZones: () => {
    const odd = ["../UTC", "Europe/", "/etc/passwd", "GMT+25", "+25:00", "+1:00", "-00:60", "UTC\0", "Etc", "", "🕐"];
    const refused = (timeZone) => {
      try {
        return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
      } catch (error) {
        return error.name;
      }
    };
    return odd.map(refused).filter((it) => it !== "RangeError").length;
  },
  list: () => (1).toLocaleString(Array(1e4).fill("de-AT")),
  tag: () => new Intl.DateTimeFormat(long),
  extensions: () => new Intl.Locale("en-u" + "-ab-cdefgh".repeat(1e5)),
  system: () => new Intl.NumberFormat("en", { numberingSystem: long }),
  digits: () => new Intl.NumberFormat("en", { minimumFractionDigits: 1e9 }),
  increment: () => new Intl.NumberFormat("en", { roundingIncrement: 7 }),
  huge: () => new Intl.NumberFormat("en").format("1e999999999"),
  tiny: () => new Intl.NumberFormat("en").format("1e-999999999"),
  hexadecimal: () => new Intl.NumberFormat("en").format("0x" + "f".repeat(250)).length,
  integer: () => new Intl.NumberFormat("en").format(10n ** 5000n).length,
  moment: () => new Intl.DateTimeFormat("en").format(8.64e15 + 1),
  kept: () => {
    const kept = Array.from({ length: 1000 }, () => new Intl.DateTimeFormat("de", { dateStyle: "full" }));
    return kept.at(-1).format(0);
  },
  zones: () => {
    const names = Intl.supportedValuesOf("timeZone");
    const texts = names.map((timeZone) => new Date(0).toLocaleString("en", { timeZone }));
    return names.length > 300 && texts.every((text) => text.length > 15);
  },
  tenThousand: () => {
    let last;
    for (let n = 0; n < 1e4; n++) last = new Intl.NumberFormat("de", { minimumFractionDigits: n % 20 });
    return last.format(1.5);
  },
  options: () => {
    const names = Array.from({ length: 1e5 }, (_, n) => ["option" + n, long]);
    return new Intl.NumberFormat("en", Object.fromEntries(names)).format(1);
  },
  locales: () => Intl.getCanonicalLocales(Array.from({ length: 1e4 }, (_, n) => "de-x-a" + n)).length,
  parts: () => new Intl.NumberFormat("en").formatToParts("7".repeat(300)).length,
  listed: () => new Intl.ListFormat("en").formatToParts(Array(2e4).fill("x")).length,
  compared: () => {
    const { compare } = new Intl.Collator("de", { numeric: true, sensitivity: "base" });
    const [digits, letters] = ["9".repeat(1e5), "é".repeat(1e5)];
    return [compare(digits, digits + "0"), compare(letters, letters + "a"), compare("\ud800" + letters, letters)].length;
  },
  collated: () => "ä".repeat(1e5).localeCompare("ä".repeat(1e5) + "a", "sv"),
  segments: () => {
    // The bound of a piece that is read falls within each of these words, some time.
    const words = [...new Intl.Segmenter("en", { granularity: "word" }).segment("can't ".repeat(3e4))];
    return words.every(({ segment }) => segment === "can't" || segment === " ");
  },
};
export default { fetch(req) {
  try {
    return new Response(String(cases[new URL(req.url).pathname.slice(1)]()));
  } catch (error) {
    return new Response(`${error.name}: ${error.message}`);
  }
} };"#;

/// Names of these, and how their answers begin.
const ANSWERS: &[(&str, &str)] = &[
    ("style", "RangeError: style must be one of "),
    ("currency", "RangeError: currency must be three letters"),
    ("unit", "RangeError: there is no unit "),
    ("zone", "RangeError: there is no time zone "),
    ("oddZones", "0"),
    ("list", "1"),
    ("tag", "RangeError: invalid language tag: "),
    ("extensions", "RangeError: invalid language tag: "),
    ("system", "RangeError: numberingSystem cannot be "),
    (
        "digits",
        "RangeError: minimumFractionDigits must be a number from 0 to 100",
    ),
    ("increment", "RangeError: roundingIncrement "),
    ("huge", "∞"),
    ("tiny", "0"),
    ("hexadecimal", "402"),
    ("integer", "6667"),
    ("moment", "RangeError: the date is invalid"),
    ("tenThousand", "1,5000000000000000000"),
    ("options", "1"),
    ("locales", "10000"),
    ("parts", "199"),
    ("listed", "39999"),
    ("compared", "3"),
    ("kept", "Donnerstag, 1. Januar 1970"),
    ("zones", "true"),
    ("collated", "-1"),
    ("segments", "true"),
];

#[tokio::test]
async fn what_is_huge_is_refused_or_answered_and_the_server_goes_on() {
    let engine = engine().await;
    let mut actor = Actor::spawn_with(&engine, &project(SERVER), endless()).await;
    actor.until(|it| matches!(it, FromRun::Ready)).await;
    for (name, begins) in ANSWERS {
        let answer = actor.get(&format!("/{name}")).await;
        assert!(answer.starts_with(begins), "{name}: {answer}");
        assert!(answer.len() < 400, "{name}: {} bytes", answer.len());
    }
}

#[tokio::test]
async fn a_language_that_is_not_here_is_said_once_with_those_that_are() {
    let engine = engine().await;
    let server = r#"
      const said = () => [
        new Intl.DateTimeFormat("th").resolvedOptions().locale,
        (1234.5).toLocaleString(["bg", "th"]),
        new Intl.NumberFormat(["bg", "de"]).resolvedOptions().locale,
        "a".localeCompare("b", "hu"),
      ].join(" ");
      export default { fetch: () => new Response(said()) };"#;
    let mut actor = Actor::ready(&engine, server).await;
    for _ in 0..2 {
        assert_eq!(actor.get("/").await, "en-US 1,234.5 de -1");
    }
    let lines = actor.lines();
    let [line] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert!(line.starts_with("Intl has no “th” here"), "{line}");
    assert!(line.contains("ar, cs, da, de, el, en"), "{line}");
}

#[tokio::test]
async fn words_that_only_a_dictionary_finds_are_said_once() {
    let engine = engine().await;
    let server = r#"
      const count = (tag, text) =>
        [...new Intl.Segmenter(tag, { granularity: "word" }).segment(text)].length;
      export default { fetch: () => new Response([count("en", "one two"), count("zh", "你好世界")].join(" ")) };"#;
    let mut actor = Actor::ready(&engine, server).await;
    for _ in 0..2 {
        assert_eq!(actor.get("/").await, "3 4");
    }
    let lines = actor.lines();
    let [line] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert!(
        line.starts_with("Intl.Segmenter has no dictionary"),
        "{line}"
    );
}
