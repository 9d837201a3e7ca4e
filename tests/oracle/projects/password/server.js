// Bun.password: hashes that Bun and a sandbox have made, those made here, and what is refused.

const { hash, hashSync, verify, verifySync } = Bun.password;
const BCRYPT = { algorithm: "bcrypt", cost: 4 };
const ARGON = { algorithm: "argon2id", memoryCost: 16, timeCost: 2 };

/** Of “blåbær”, by Bun and then by a sandbox. */
const KNOWN = [
  "$argon2d$v=19$m=64,t=3,p=1$wTF1ckpXXV/HRxkf6MmO9ZLmVC0WpzyUMAwb3DBY7Es$aHQjdT1D5eU7GPZD3yyagO4Uc8N/0xrE/vltiSKrcFs",
  "$argon2i$v=19$m=64,t=2,p=1$HmYZriLUcUhDFmxYVz+Qp2VIDcpkaU7MNebJ+1SDKpw$XCuIoRxLzJ42qzcn7D2k4lrt/jJDXyZrWh3TjPhg8HI",
  "$argon2id$v=19$m=64,t=2,p=1$9I4vW5DJJmbIfDaCwWNXHmBZDuATQ6vODPjIhTseVoY$Jv6Os7wzRfxaxIgSUWOOAUSRCDAeV5OFF8E5eqrUgVs",
  "$2b$05$plEfyW1/0Q2EFHLHlAB5nOjQDgCMaQvHqLxrPT6LH2IPETzmcCW1C",
  "$argon2id$v=19$m=19456,t=2,p=1$9GSMkeea8DoU3mtcMUub7w6CETESh26ksmtgFiei+CY$061QVwBy+FmUYz+14qTmF9iK81epKQBO4ki3j0vrkXg",
  "$argon2i$v=19$m=64,t=3,p=1$n8DTbMcs39WlEE+D7HeDW2veyzf7JI2YSMalXiINrCc$InG0orxAsnBwz3CRONm9NZRuHbfee6vAjnrFkej3ZuA",
  "$2b$05$6B3w4f4Zq9iE7ULqFo17OePEoJWweItdBiZfFBAqLVHQvfbSJP7PW",
];
const [, , ARGON_KNOWN, BCRYPT_KNOWN] = KNOWN;

/** What it gives or throws, also by a promise. */
const seen = async (act) => {
  try {
    return await act();
  } catch (error) {
    return [error.name, error.code, error.message];
  }
};
const all = async (acts) => Response.json(await Promise.all(acts.map(seen)));
/** The same without what is chosen at random. */
const plain = (made) => String(made).replace(/[\w+/.]{43}\$[\w+/.]{43}$|[\w/.]{53}$/, "…");

const altered = (from, to) => () => verifySync("blåbær", ARGON_KNOWN.replace(from, to));

export default {
  routes: {
    "/known": () =>
      all(KNOWN.flatMap((known) => ["blåbær", "blabar"].map((it) => () => verify(it, known)))),
    "/made": () =>
      all(
        [BCRYPT, ARGON, { ...ARGON, algorithm: "argon2i" }, { ...ARGON, algorithm: "argon2d" }].map(
          (options) => async () => {
            const made = await hash("secret", options);
            const again = hashSync("secret", options);
            return [
              plain(made),
              made === again,
              await verify("secret", again),
              verifySync("secret", made),
              await verify("Secret", made),
            ];
          },
        ),
      ),
    "/defaults": async () => {
      const [argon, bcrypt] = await Promise.all([hash("secret"), hash("secret", "bcrypt")]);
      const started = [argon.startsWith("$argon2id$v=19$m="), plain(bcrypt)];
      return Response.json([...started, await verify("secret", argon)]);
    },
    "/long": async () => {
      const text = "x".repeat(80);
      const made = hashSync(text, BCRYPT);
      const others = [text, text.slice(1), text.slice(0, 72), `${text}x`];
      return Response.json(others.map((other) => verifySync(other, made)));
    },
    "/bytes": async () => {
      const made = await hash(new TextEncoder().encode("secret"), BCRYPT);
      const zero = hashSync("a\0b", BCRYPT);
      return Response.json([
        [verifySync(Buffer.from("secret"), made), verifySync("secret", Buffer.from(made))],
        ["a", "a\0b", "a\0c"].map((text) => verifySync(text, zero)),
        [await verify(12, await hash("12", BCRYPT)), await verify(null, hashSync("null", BCRYPT))],
      ]);
    },
    "/broken": () =>
      all([
        ...["", "x", "$2b$", "$argon2id$", "$5$x", "plain text", "$bcrypt$r=4$x"].map(
          (known) => () => verifySync("a", known),
        ),
        ...["a", "y", "x"].map((it) => () => verify("blåbær", BCRYPT_KNOWN.replace("b", it))),
        () => verify("blåbær", BCRYPT_KNOWN.slice(1)),
        () => verify("blåbær", `${BCRYPT_KNOWN}x`),
        altered("v=19", "v=16"),
        altered("$v=19", ""),
        altered("m=64", "m=65"),
        altered("m=64", "m=1"),
        altered("p=1", "p=2"),
        altered(",p=1", ""),
        () => verifySync("", BCRYPT_KNOWN),
      ]),
    "/kinds": () =>
      all(
        ["bcrypt", "argon2i", "argon2id", "md5", "", 1, null].flatMap((algorithm) =>
          [ARGON_KNOWN, BCRYPT_KNOWN].map((known) => () => verifySync("blåbær", known, algorithm)),
        ),
      ),
    "/options": () =>
      all(
        [
          ...["", "md5", 1, {}, true, { algorithm: "x" }, { algorithm: 1 }, { cost: 4 }],
          ...[3, 32, 4.7, "a", NaN].map((cost) => ({ algorithm: "bcrypt", cost })),
          ...[0, -1, 7, 8.5, "x", 2 ** 32].map((memoryCost) => ({ ...ARGON, memoryCost })),
          ...[0, -1, 1.5, "x", 2 ** 33].map((timeCost) => ({ ...ARGON, timeCost })),
        ].map((options) => () => hashSync("a", options)),
      ),
    "/passwords": () =>
      all([
        ...["", undefined, null, 1, [], {}].map((it) => async () => plain(hashSync(it, BCRYPT))),
        ...["", undefined, null, 1, [], {}].map((it) => async () => plain(await hash(it, BCRYPT))),
        ...[() => verify("a"), () => verify(), () => verifySync("a"), () => verifySync(1, "x")],
      ]),
    "/at-once": () => {
      const tried = [() => hash(""), () => hash("a", "x"), () => verify("a", "x", "x")];
      const threw = (act) => {
        try {
          return [typeof act().then];
        } catch (error) {
          return error.code;
        }
      };
      return Response.json([...tried.map(threw), Object.keys(Bun.password), hash.length]);
    },
  },
  fetch: () => new Response("nothing", { status: 404 }),
};
