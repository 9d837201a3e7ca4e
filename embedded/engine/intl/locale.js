// Intl.Locale, as far as it takes a tag apart: https://tc39.es/ecma402/#locale-objects

import { hidden } from "../web/define.js";
import { finish } from "./class.js";
import { likelySubtags } from "./host.js";
import { namedRegion, subtags, withoutExtensions } from "./locale-data.js";
import {
  calendars,
  collations,
  hourCycles,
  numberingSystems,
  textInfo,
  timeZones,
  weekInfo,
} from "./locale-info.js";
import { changed, KEYS } from "./locale-options.js";
import { canonical, keywords, localeTags } from "./locales.js";
import { optionsObject } from "./options.js";

export class Locale {
  #tag;

  constructor(tag, given) {
    if (typeof tag !== "string" && (typeof tag !== "object" || tag === null)) {
      throw new TypeError("a locale is made of a text such as “en-GB”");
    }
    const own = localeTags.get(tag) ?? canonical(String(tag));
    this.#tag = changed(own, optionsObject(given));
    localeTags.set(this, this.#tag);
  }

  toString() {
    return this.#tag;
  }

  maximize() {
    return new Locale(likelySubtags(this.#tag, true));
  }

  minimize() {
    return new Locale(likelySubtags(this.#tag, false));
  }

  getTextInfo() {
    return textInfo(this.#tag);
  }

  getTimeZones() {
    return timeZones(this.#tag);
  }

  getWeekInfo() {
    return weekInfo(this.#tag, this.firstDayOfWeek);
  }

  get baseName() {
    return withoutExtensions(this.#tag);
  }

  get language() {
    return subtags(this.#tag)[0];
  }

  get script() {
    return subtags(this.#tag).find((part, at) => at > 0 && /^[A-Z][a-z]{3}$/.test(part));
  }

  get region() {
    return namedRegion(this.#tag);
  }

  get variants() {
    const [, ...parts] = subtags(this.#tag);
    const found = parts.filter((part) => /^(?:[0-9a-z]{5,8}|\d[0-9a-z]{3})$/.test(part));
    return found.length > 0 ? found.join("-") : undefined;
  }

  get numeric() {
    const { kn } = keywords(this.#tag);
    return kn === "" || kn === "true";
  }
}

/** What there is of each kind: the one that the tag asks for, or all that are usual. */
const USUAL = {
  getCalendars: ["ca", calendars],
  getCollations: ["co", collations],
  getHourCycles: ["hc", hourCycles],
  getNumberingSystems: ["nu", numberingSystems],
};

for (const [name, [key, usual]] of Object.entries(USUAL)) {
  const method = {
    [name]() {
      const asked = keywords(this.toString())[key];
      return asked ? [asked] : usual(this.toString());
    },
  };
  hidden(Locale.prototype, method);
}

for (const [name, key] of Object.entries(KEYS)) {
  Object.defineProperty(Locale.prototype, name, {
    get() {
      return keywords(this.toString())[key];
    },
    configurable: true,
  });
}

finish(Locale, "Locale", false);
