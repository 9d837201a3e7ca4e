// The Web layer: puts the standard globals in place on natives that the engine gives as `__host`
// (see web/host.js). Loaded once, in the zygote, so nothing here reads a clock or takes a random
// number; every Run begins with a copy of what is made here. `fetch` and `WebSocket` come with serve.js, since they
// lead there.

import { AbortController, AbortSignal } from "./web/abort.js";
import { atob, btoa } from "./web/base64.js";
import { Blob, File } from "./web/blob.js";
import { Buffer } from "./web/buffer.js";
import { Bun } from "./web/bun.js";
import { CompressionStream, DecompressionStream } from "./web/compression.js";
import { console } from "./web/console.js";
import { Crypto, crypto } from "./web/crypto.js";
import { hidden } from "./web/define.js";
import { DOMException } from "./web/dom-exception.js";
import { TextDecoder, TextEncoder } from "./web/encoding.js";
import { TextDecoderStream, TextEncoderStream } from "./web/encoding-streams.js";
import { CloseEvent, CustomEvent, ErrorEvent, Event, MessageEvent } from "./web/event.js";
import { EventTarget } from "./web/event-target.js";
import { FormData } from "./web/form-data.js";
import { Headers } from "./web/headers.js";
import { hooks } from "./web/hooks.js";
import { importMeta } from "./web/import-meta.js";
import { navigator } from "./web/navigator.js";
import {
  performance,
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
} from "./web/performance.js";
import { process } from "./web/process.js";
import { Request } from "./web/request.js";
import { Response } from "./web/response.js";
import { HTMLRewriter } from "./web/rewriter/html-rewriter.js";
import "./web/stream-whole.js";
import { streamClasses } from "./web/streams.js";
import { CryptoKey, SubtleCrypto } from "./web/subtle.js";
import { structuredClone } from "./web/structured-clone.js";
import { timerFunctions } from "./web/timers.js";
import { URL } from "./web/url.js";
import { URLSearchParams } from "./web/url-search-params.js";

const globals = {
  ...{ AbortController, AbortSignal, CloseEvent, CustomEvent, ErrorEvent, Event, EventTarget },
  ...{ MessageEvent, DOMException },
  ...{
    Blob,
    Buffer,
    File,
    FormData,
    HTMLRewriter,
    Headers,
    Request,
    Response,
    URL,
    URLSearchParams,
  },
  ...{ TextDecoder, TextDecoderStream, TextEncoder, TextEncoderStream, atob, btoa },
  ...{ CompressionStream, DecompressionStream, ...streamClasses },
  ...timerFunctions,
  ...{ Crypto, CryptoKey, SubtleCrypto, console, crypto, performance, structuredClone },
  ...{ Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure },
  ...{ Bun, navigator, process },
};

// Bundling renames a function that has the name of a global which some module uses.
for (const [name, value] of Object.entries(globals)) {
  if (typeof value === "function") Object.defineProperty(value, "name", { value: name });
}

hidden(globalThis, { ...globals, __importMeta: importMeta, __web: hooks });
